use super::printer::Printer;
use crate::ir::{Check, PrimaryKey, Unique};
use crate::model::Deferrable;

impl Printer<'_> {
    /// `CONSTRAINT name PRIMARY KEY (..)`
    pub fn primary_key(self, key: &PrimaryKey) -> String {
        self.constraint(
            &key.name,
            &format!("PRIMARY KEY {}", self.names(&key.columns)),
        )
    }

    /// `CONSTRAINT name UNIQUE (..)`
    pub fn unique(self, unique: &Unique) -> String {
        let nulls = if unique.nulls_not_distinct {
            "NULLS NOT DISTINCT "
        } else {
            ""
        };
        let mut words = format!("UNIQUE {nulls}{}", self.names(&unique.columns));
        words.push_str(&self.include(&unique.include));
        words.push_str(deferrable(unique.deferrable));
        self.constraint(&unique.name, &words)
    }

    /// `CONSTRAINT name CHECK (..)`
    pub fn check(self, check: &Check) -> String {
        self.constraint(
            &check.name,
            &format!("CHECK ({})", self.expr(&check.condition)),
        )
    }

    pub(crate) fn constraint(self, name: &str, words: &str) -> String {
        format!("CONSTRAINT {} {words}", self.identifier(name))
    }

    /// ` INCLUDE (..)`, or nothing.
    pub(crate) fn include(self, columns: &[String]) -> String {
        if columns.is_empty() {
            String::new()
        } else {
            format!(" INCLUDE {}", self.names(columns))
        }
    }
}

/// The words of a deferrable constraint after a space, or nothing.
pub(crate) fn deferrable(deferrable: Deferrable) -> &'static str {
    match deferrable {
        Deferrable::Never => "",
        Deferrable::InitiallyImmediate => " DEFERRABLE",
        Deferrable::InitiallyDeferred => " DEFERRABLE INITIALLY DEFERRED",
    }
}
