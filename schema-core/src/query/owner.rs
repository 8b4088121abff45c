//! Whose rows a table holds, as traits that the derives implement. The key is a parameter of the trait instead of an
//! associated type, because a public table may have a key of a private type.

use super::relation::Relation;

/// A table or a view whose rows a scope with a key of type `K` reaches.
///
/// These are the owner's own rows, shared rows, and rows whose owner is found through another table.
pub trait InScopeOf<K>: Relation {}

/// A table or a view whose rows have no owner.
pub trait Shared: Relation {}

/// A table to which rows can be added without a scope: a shared or an internal table, or the table of the owners.
pub trait AddedUnscoped: Relation {}

/// A table whose rows belong to owners with a key of type `K`: a scope can delete its own rows from it.
pub trait OwnedIn<K>: Relation {}
