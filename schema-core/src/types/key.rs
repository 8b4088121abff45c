use crate::model::SqlType;

use super::literal::{IntegerLiteral, TextLiteral};
use super::{ArrayElement, SerialInteger, SqlValue, StoredAs};

/// A type of its own for a key. Made by `#[derive(Key)]` on a tuple struct of one field.
///
/// A `TaskId` is no `UserId`, though both are a `Uuid` inside: a foreign key to the wrong table does not compile.
pub trait Key: SqlValue + From<Self::Inner> {
    /// The type inside.
    type Inner;

    /// The value inside.
    fn as_inner(&self) -> &Self::Inner;
}

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

// What the type inside can do in a column, the key can too.

#[diagnostic::do_not_recommend]
impl<Word, K: Key> StoredAs<Word> for K where K::Inner: StoredAs<Word> {}

#[diagnostic::do_not_recommend]
impl<K: Key + 'static> ArrayElement for K where K::Inner: ArrayElement {}

#[diagnostic::do_not_recommend]
impl<K: Key> SerialInteger for K where K::Inner: SerialInteger {}

#[diagnostic::do_not_recommend]
impl<K: Key> TextLiteral for K where K::Inner: TextLiteral {}

#[diagnostic::do_not_recommend]
impl<K: Key> IntegerLiteral for K
where
    K::Inner: IntegerLiteral,
{
    const MIN: i128 = <K::Inner as IntegerLiteral>::MIN;
    const MAX: i128 = <K::Inner as IntegerLiteral>::MAX;
}
