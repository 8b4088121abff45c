//! Which rows a statement means: whose, and whether deleted ones.

use super::argument::Argument;

/// What keeps a statement's expressions from the rows of other owners.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Enforcement {
    /// The conditions that the statement has: PostgreSQL may ask an expression of a row before it asks these.
    ByPredicates,
    /// Row-level security, which `connect` has seen on every table: PostgreSQL asks the policies first.
    ByDatabase,
}

/// Visibility rows a statement means.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Visibility<'k> {
    /// Those of the owner of this key.
    Owner(&'k dyn Argument, Enforcement),
    /// Those of all owners.
    AllOwners,
    /// No owner's: only what is shared.
    SharedOnly,
}

impl Visibility<'_> {
    /// Whether one owner's rows are meant.
    pub(crate) fn is_owner(self) -> bool {
        matches!(self, Self::Owner(..))
    }
}

/// Which rows are seen of a table that has a `deleted_at`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Deleted {
    /// Those that are not deleted.
    #[default]
    Hidden,
    /// All of them.
    Shown,
    /// Those that are deleted, of the first table; of those joined to it, the others.
    Only,
}
