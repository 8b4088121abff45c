//! Which rows a statement may reach: whose rows, and whether deleted ones.

use super::argument::Argument;

/// What prevents a statement's expressions from seeing the rows of other owners.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// Only the statement's conditions. PostgreSQL may evaluate an expression on a row before these.
    ByPredicates,
    /// Row-level security. `connect` has checked it on every table, and PostgreSQL evaluates the policies first.
    ByDatabase,
}

/// Whose rows a statement may reach.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Visibility<'k> {
    /// The rows of the owner with this key, and shared rows.
    Owner(&'k dyn Argument, Enforcement),
    /// The rows of all owners.
    AllOwners,
    /// Only shared rows.
    SharedOnly,
}

impl Visibility<'_> {
    /// Whether the statement is limited to one owner.
    pub(crate) fn is_owner(self) -> bool {
        matches!(self, Self::Owner(..))
    }
}

/// Which rows of a table with a `deleted_at` column a statement sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deleted {
    /// Rows that are not deleted.
    #[default]
    Hidden,
    /// All rows.
    Shown,
    /// Deleted rows of the first table of a statement or a subquery; rows that are not deleted of the joined tables.
    Only,
}
