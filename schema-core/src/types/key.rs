use super::literal::{IntegerLiteral, TextLiteral};
use super::{ArrayElement, SerialInteger, SqlValue, StoredAs};

/// A type of its own for a key. Made by `#[derive(Key)]` on a tuple struct of one field.
///
/// A `TaskId` is no `UserId`, though both are a `Uuid` inside: a foreign key to the wrong table does not compile.
pub trait Key: SqlValue + From<Self::Inner> {
    /// The type inside.
    type Inner: SqlValue;

    /// The value inside.
    fn as_inner(&self) -> &Self::Inner;
}

/// Stops the compilation where the type inside a key may be null.
///
/// # Panics
///
/// At compile time, for an `Option`.
#[track_caller]
pub const fn assert_key<Inner: SqlValue>() {
    assert!(
        !Inner::NULLABLE,
        "a key is never null; make the field's type one without `Option`, and write `Option` around the key where it may be missing"
    );
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
