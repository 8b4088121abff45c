use freehold::plan::HazardKind;

use super::shop::Shop;

/// One change of the script.
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) class: Class,
    /// Edits the schema.
    pub(crate) edit: fn(&mut Shop),
    pub(crate) failure: Option<Failing>,
    /// The tables and `table.column`s whose values may be lost on the way up and back.
    pub(crate) loses: &'static [&'static str],
    /// The `table.column`s whose values are different after the change.
    pub(crate) turns: &'static [&'static str],
    /// A fact that the way back does not restore, and what is there instead.
    pub(crate) comes_back_as: Option<(&'static str, &'static str)>,
    /// SQL that adds rows for the changes after this one.
    pub(crate) rows_after: &'static str,
}

/// How dangerous a change is, by the lists of safe changes, risky changes, and changes that need several releases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Class {
    /// Without hazards.
    Safe,
    /// With hazards that are warnings; the plan continues.
    Caution(&'static [HazardKind]),
    /// The plan is refused until all of these are allowed by name.
    Refused(&'static [HazardKind]),
}

/// Rows on which the change fails, and SQL that repairs them.
#[derive(Clone, Copy)]
pub(crate) struct Failing {
    pub(crate) rows: &'static str,
    pub(crate) message: &'static str,
    pub(crate) cure: &'static str,
}

impl Change {
    pub(crate) const fn new(name: &'static str, class: Class, edit: fn(&mut Shop)) -> Self {
        Self {
            name,
            class,
            edit,
            failure: None,
            loses: &[],
            turns: &[],
            comes_back_as: None,
            rows_after: "",
        }
    }

    pub(crate) const fn fails(
        mut self,
        rows: &'static str,
        message: &'static str,
        cure: &'static str,
    ) -> Self {
        self.failure = Some(Failing {
            rows,
            message,
            cure,
        });
        self
    }

    pub(crate) const fn loses(mut self, names: &'static [&'static str]) -> Self {
        self.loses = names;
        self
    }

    pub(crate) const fn turns(mut self, names: &'static [&'static str]) -> Self {
        self.turns = names;
        self
    }

    pub(crate) const fn comes_back_as(mut self, was: &'static str, is: &'static str) -> Self {
        self.comes_back_as = Some((was, is));
        self
    }

    pub(crate) const fn rows_after(mut self, sql: &'static str) -> Self {
        self.rows_after = sql;
        self
    }
}
