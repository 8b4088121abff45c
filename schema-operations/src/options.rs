//! What a run looks at.

use std::collections::BTreeMap;

use crate::check::Check;
use crate::checks::CHECKS;

/// Which checks run, with which limits.
#[derive(Clone, Debug, Default)]
pub struct Options {
    only: Vec<String>,
    skipped: Vec<String>,
    limits: BTreeMap<String, f64>,
    namespaces: Vec<String>,
}

/// A name that no check or limit has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownName {
    /// No check has the name.
    #[error("no check is named `{0}`; `docs/doctor.md` lists the names")]
    Check(String),
    /// The check has no such limit.
    #[error("the check `{check}` has no limit `{limit}`; its limits are: {}", .known.join(", "))]
    Limit {
        /// The check.
        check: String,
        /// The unknown name.
        limit: String,
        /// The limits of the check.
        known: Vec<&'static str>,
    },
}

impl Options {
    /// Runs only the check `id`, and others that are added in the same way.
    pub fn only(mut self, id: &str) -> Result<Self, UnknownName> {
        self.only.push(named(id)?.id.to_owned());
        Ok(self)
    }

    /// Leaves out the check `id`.
    pub fn skip(mut self, id: &str) -> Result<Self, UnknownName> {
        self.skipped.push(named(id)?.id.to_owned());
        Ok(self)
    }

    /// Sets a limit of a check, in the unit of the limit.
    ///
    /// ```
    /// use freehold_schema_operations::Options;
    ///
    /// let options = Options::default().limit("index_unused", "bytes", 1_000_000.0)?;
    /// assert!(options.limit("index_unused", "byte", 1.0).is_err());
    /// # Ok::<(), freehold_schema_operations::UnknownName>(())
    /// ```
    pub fn limit(mut self, id: &str, limit: &str, value: f64) -> Result<Self, UnknownName> {
        let check = named(id)?;
        let known: Vec<_> = check.limits.iter().map(|limit| limit.name).collect();
        if !known.contains(&limit) {
            return Err(UnknownName::Limit {
                check: id.to_owned(),
                limit: limit.to_owned(),
                known,
            });
        }
        self.limits.insert(format!("{id}.{limit}"), value);
        Ok(self)
    }

    /// Compares these PostgreSQL schemas too, beside `public` and those of the structs.
    pub fn namespaces(mut self, names: &[String]) -> Self {
        self.namespaces.extend_from_slice(names);
        self
    }

    pub(crate) fn compared(&self) -> &[String] {
        &self.namespaces
    }

    /// The checks that run.
    pub(crate) fn checks(&self) -> impl Iterator<Item = &'static Check> + '_ {
        CHECKS.iter().filter(|check| {
            let is_of = |ids: &[String]| ids.iter().any(|id| id == check.id);
            (self.only.is_empty() || is_of(&self.only)) && !is_of(&self.skipped)
        })
    }

    /// The limits of a check, in its order.
    pub(crate) fn limits(&self, check: &Check) -> Vec<f64> {
        let value = |limit: &crate::check::Limit| {
            let key = format!("{}.{}", check.id, limit.name);
            self.limits.get(&key).copied().unwrap_or(limit.value)
        };
        check.limits.iter().map(value).collect()
    }
}

fn named(id: &str) -> Result<&'static Check, UnknownName> {
    let found = CHECKS.iter().find(|check| check.id == id);
    found.ok_or_else(|| UnknownName::Check(id.to_owned()))
}
