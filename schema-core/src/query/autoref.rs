//! Functions that the derives' code calls. For a field whose type cannot be stored in a column they do nothing: the
//! derive reports that error elsewhere.
//!
//! Method lookup finds a method of `&Typed<V>` before one of `Typed<V>`, and `&Typed<V>` has it only for types that
//! fit.

use core::marker::PhantomData;

use super::new_values::NewValues;
use super::operand::{Base, ExprNode, Operand};
use crate::types::SqlValue;
use crate::wire::{ColumnValue, ReadError, RowReader};

/// The type of a field.
#[derive(Debug)]
pub struct Typed<V>(PhantomData<fn() -> V>);

impl<V> Typed<V> {
    /// The value of this type.
    pub const NEW: Self = Self(PhantomData);
}

/// Reads a field whose type can be stored in a column.
pub trait ReadTyped<V> {
    /// Reads the next value of a row.
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

/// Sends a field whose type can be stored in a column.
pub trait TypedValue<V> {
    /// Adds the value of the column at `position`.
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

/// Replaces [`ReadTyped`] and [`TypedValue`] for a type that cannot be stored in a column.
pub trait Untyped<V> {
    /// Reads nothing and returns an error.
    fn read(&self, _: &mut RowReader<'_>) -> Result<V, ReadError> {
        Err(ReadError::untyped())
    }
    /// Sends nothing.
    fn put(&self, _: &mut NewValues<'_>, _: usize, _: V) {}
}

impl<V> Untyped<V> for Typed<V> {}

/// What a finder takes for a column of type `V`: a value, or a column or an expression of that type.
#[diagnostic::on_unimplemented(
    message = "a column of `{V}` cannot be compared with `{Self}`",
    label = "expected `{V}`"
)]
pub trait Comparable<V> {
    /// The expression. A bound value is cast to `cast`.
    #[doc(hidden)]
    fn compared(self, cast: Option<&'static str>) -> ExprNode;
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue, O: Operand<Base<V>>> Comparable<V> for O {
    fn compared(self, cast: Option<&'static str>) -> ExprNode {
        self.node(cast)
    }
}

/// The argument of a finder as an expression.
pub fn compared<V, C: Comparable<V>>(of: C) -> ExprNode {
    of.compared(None)
}

/// Replaces the reading of a row if its table has an error: returns an error.
pub fn unread<T>(_: &mut RowReader<'_>) -> Result<T, ReadError> {
    Err(ReadError::untyped())
}
