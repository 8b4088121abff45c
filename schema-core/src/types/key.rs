use crate::model::SqlType;

use super::{Newtype, SerialInteger, SqlValue, StoredAs};

/// A distinct Rust type for a key. Made by `#[derive(Key)]` on a tuple struct of one field.
///
/// A `TaskId` is not a `UserId`, although both contain a `Uuid`: a foreign key to the wrong table does not compile.
pub trait Key: Newtype {}

/// The type of a key's column: the type of `Inner`.
///
/// # Panics
///
/// Panics at compile time if `Inner` is an `Option` or an enum.
#[track_caller]
pub const fn key_type<Inner: SqlValue>() -> SqlType {
    assert!(
        !Inner::NULLABLE,
        "a key is never null; remove `Option` from the field's type, and write `Option` around the key where it may be missing"
    );
    assert!(
        Inner::ENUM.is_none(),
        "a key cannot hold an enum, because its labels would be lost; use the enum itself"
    );
    Inner::TYPE
}

// Unlike a domain, a key is not a separate type in the database: it can be stored as any type that the inner type
// allows.

#[diagnostic::do_not_recommend]
impl<Word, K: Key> StoredAs<Word> for K where K::Inner: StoredAs<Word> {}

#[diagnostic::do_not_recommend]
impl<K: Key> SerialInteger for K where K::Inner: SerialInteger {}
