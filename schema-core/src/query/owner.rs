//! Visibility rows a table holds, as traits that the derive implements. A key stands in their parameters and not in an associated type,
//! since it may be a private type of a public table.

use super::relation::Relation;

/// A table or a view whose rows can be reached in the scope of an owner with a key `K`: the owner's own, what is shared, and what
/// is found through one of these.
pub trait InScopeOf<K>: Relation {}

/// A table or a view whose rows belong to nobody.
pub trait Shared: Relation {}

/// A table to which rows can be added without saying for whom: a shared or an internal one, or that of the owners themselves.
pub trait AddedUnscoped: Relation {}

/// A table whose rows belong to owners with a key `K`: what a scope of one of them takes out.
pub trait OwnedIn<K>: Relation {}
