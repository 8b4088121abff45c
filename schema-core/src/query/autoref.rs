//! What the derives' expansions call: each asks whether a field's type is one of a column, and where it is none says nothing, since
//! that is an error elsewhere already.
//!
//! A method of `&Typed<V>` is found before one of `Typed<V>`, and is there only for types that fit.

use core::marker::PhantomData;

use super::new_values::NewValues;
use super::operand::{Base, ExprNode, Operand};
use crate::types::SqlValue;
use crate::wire::{ColumnValue, ReadError, RowReader};

/// The type of a field.
#[derive(Debug)]
pub struct Typed<V>(PhantomData<fn() -> V>);

impl<V> Typed<V> {
    /// The type itself.
    pub const NEW: Self = Self(PhantomData);
}

/// Reads a type of a column.
pub trait ReadTyped<V> {
    /// The next value of a row.
    fn read(&self, cells: &mut RowReader<'_>) -> Result<V, ReadError>
    where
        V: ColumnValue;
}

impl<V: SqlValue> ReadTyped<V> for &Typed<V> {
    fn read(&self, cells: &mut RowReader<'_>) -> Result<V, ReadError>
    where
        V: ColumnValue,
    {
        cells.read()
    }
}

/// Sends a type of a column.
pub trait TypedValue<V> {
    /// Puts the value of the column at `position`.
    fn put(&self, into: &mut NewValues<'_>, position: usize, value: V);
}

impl<V> TypedValue<V> for &Typed<V>
where
    V: SqlValue + ColumnValue,
{
    fn put(&self, into: &mut NewValues<'_>, position: usize, value: V) {
        into.put(position, value);
    }
}

/// Stands in for a type that no column has.
pub trait Untyped<V> {
    /// Nothing is read.
    fn read(&self, _: &mut RowReader<'_>) -> Result<V, ReadError> {
        Err(ReadError::untyped())
    }
    /// Nothing is sent.
    fn put(&self, _: &mut NewValues<'_>, _: usize, _: V) {}
}

impl<V> Untyped<V> for Typed<V> {}

/// What a finder takes for a column of `V`: a value, or a column or an expression of that type.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be compared with `{Self}`",
    label = "no `{V}`"
)]
pub trait Comparable<V> {
    /// The expression, as a value for a column of the type `cast`.
    #[doc(hidden)]
    fn compared(self, cast: Option<&'static str>) -> ExprNode;
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue, O: Operand<Base<V>>> Comparable<V> for O {
    fn compared(self, cast: Option<&'static str>) -> ExprNode {
        self.node(cast)
    }
}

/// What a finder was given, as a value.
pub fn compared<V, C: Comparable<V>>(of: C) -> ExprNode {
    of.compared(None)
}

/// Stands in for a row whose table is an error.
pub fn unread<T>(_: &mut RowReader<'_>) -> Result<T, ReadError> {
    Err(ReadError::untyped())
}
