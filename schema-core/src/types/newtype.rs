use super::literal::{BooleanLiteral, FractionLiteral, IntegerLiteral, TextLiteral};
use super::{ArrayElement, SqlValue};

/// A tuple struct of one field that can be a column: a [`Key`](super::Key) or a [`Domain`](super::Domain).
pub trait Newtype: SqlValue + From<Self::Inner> {
    /// The type inside.
    type Inner;

    /// The value inside.
    fn as_inner(&self) -> &Self::Inner;
}

// The literals and arrays that the inner type allows are also allowed for the type around it.

#[diagnostic::do_not_recommend]
impl<N: Newtype + 'static> ArrayElement for N where N::Inner: ArrayElement {}

#[diagnostic::do_not_recommend]
impl<N: Newtype> TextLiteral for N where N::Inner: TextLiteral {}

#[diagnostic::do_not_recommend]
impl<N: Newtype> BooleanLiteral for N where N::Inner: BooleanLiteral {}

#[diagnostic::do_not_recommend]
impl<N: Newtype> FractionLiteral for N where N::Inner: FractionLiteral {}

#[diagnostic::do_not_recommend]
impl<N: Newtype> IntegerLiteral for N
where
    N::Inner: IntegerLiteral,
{
    const MIN: i128 = <N::Inner as IntegerLiteral>::MIN;
    const MAX: i128 = <N::Inner as IntegerLiteral>::MAX;
}
