//! Whose rows a table holds, as a type: `Users<UserId>` for the table of the users themselves, `OwnedBy<UserId>` for what
//! belongs to them, `Shared` for what belongs to nobody.

use core::marker::PhantomData;

use super::relation::Relation;

/// The rows are the owners, whose keys are `K`.
#[derive(Debug)]
pub struct Users<K>(PhantomData<fn() -> K>);

/// Each row belongs to an owner, whose key is a `K`.
#[derive(Debug)]
pub struct OwnedBy<K>(PhantomData<fn() -> K>);

/// The rows belong to nobody.
#[derive(Debug)]
pub struct Shared;

/// Each row belongs to whom a row of `Parent` belongs to.
#[derive(Debug)]
pub struct Through<Parent>(PhantomData<fn() -> Parent>);

/// Whose rows a table holds.
pub trait Owner {
    /// Whose rows a table holds that is scoped through one of these.
    type Inside;
}

impl<K> Owner for Users<K> {
    type Inside = OwnedBy<K>;
}

impl<K> Owner for OwnedBy<K> {
    type Inside = Self;
}

impl Owner for Shared {
    type Inside = Self;
}

impl<Parent: Relation> Owner for Through<Parent>
where
    Parent::Owner: Owner,
{
    type Inside = <Parent::Owner as Owner>::Inside;
}
