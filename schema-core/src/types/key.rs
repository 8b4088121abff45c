use crate::model::SqlType;

use super::{Newtype, SerialInteger, SqlValue, StoredAs};

/// A type of its own for a key. Made by `#[derive(Key)]` on a tuple struct of one field.
///
/// A `TaskId` is no `UserId`, though both are a `Uuid` inside: a foreign key to the wrong table does not compile.
pub trait Key: Newtype {}

/// The type of a key's column: that of the type inside.
///
/// # Panics
///
/// At compile time, where the type inside may be null.
#[track_caller]
pub const fn key_type<Inner: SqlValue>() -> SqlType {
    assert!(
        !Inner::NULLABLE,
        "a key is never null; make the field's type one without `Option`, and write `Option` around the key where it may be missing"
    );
    assert!(
        Inner::ENUM.is_none(),
        "a key holds no enum, whose labels would be lost; use the enum itself"
    );
    Inner::TYPE
}

// Unlike a domain, a key is of no type of its own in the database: it can be stored as whatever the type inside can.

#[diagnostic::do_not_recommend]
impl<Word, K: Key> StoredAs<Word> for K where K::Inner: StoredAs<Word> {}

#[diagnostic::do_not_recommend]
impl<K: Key> SerialInteger for K where K::Inner: SerialInteger {}
