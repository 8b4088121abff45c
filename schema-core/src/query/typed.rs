//! What the derives' expansions call: each asks whether a field's type is one of a column, and where it is none says nothing, since
//! that is an error elsewhere already.
//!
//! A method of `&Typed<V>` is found before one of `Typed<V>`, and is there only for types that fit.

use core::marker::PhantomData;

use super::argument::{Argument, value};
use super::operand::{Base, Operand};
use crate::types::SqlValue;
use crate::wire::{Cells, ColumnValue, ReadError};

/// The type of a field.
#[derive(Debug)]
pub struct Typed<V>(PhantomData<fn() -> V>);

impl<V> Typed<V> {
    /// The type itself.
    pub const NEW: Self = Self(PhantomData);
}

/// The values of a new row, by the places of their columns.
pub type NewValues = Vec<(usize, Box<dyn Argument>)>;

/// Reads a type of a column.
pub trait ReadTyped<V> {
    /// The next value of a row.
    fn read(&self, cells: &mut Cells<'_>) -> Result<V, ReadError>
    where
        V: ColumnValue;
}

impl<V: SqlValue> ReadTyped<V> for &Typed<V> {
    fn read(&self, cells: &mut Cells<'_>) -> Result<V, ReadError>
    where
        V: ColumnValue,
    {
        cells.read()
    }
}

/// Sends a type of a column.
pub trait TypedValue<V> {
    /// A value to be bound.
    fn value(&self, value: V) -> Option<Box<dyn Argument>>;
}

impl<V> TypedValue<V> for &Typed<V>
where
    V: SqlValue + ColumnValue,
{
    fn value(&self, of: V) -> Option<Box<dyn Argument>> {
        Some(value(of))
    }
}

/// Stands in for a type that no column has.
pub trait Untyped<V> {
    /// Nothing is read.
    fn read(&self, _: &mut Cells<'_>) -> Result<V, ReadError> {
        Err(ReadError::untyped())
    }
    /// Nothing is sent.
    fn value(&self, _: V) -> Option<Box<dyn Argument>> {
        None
    }
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
    fn compared(self, cast: Option<&'static str>) -> super::operand::ExprNode;
}

#[diagnostic::do_not_recommend]
impl<V: SqlValue, O: Operand<Base<V>>> Comparable<V> for O {
    fn compared(self, cast: Option<&'static str>) -> super::operand::ExprNode {
        self.node(cast)
    }
}

/// What a finder was given, as a value.
pub fn compared<V, C: Comparable<V>>(of: C) -> super::operand::ExprNode {
    of.compared(None)
}

/// The values of a new row.
pub fn new_values<const N: usize>(values: [(usize, Option<Box<dyn Argument>>); N]) -> NewValues {
    let values = values.into_iter();
    values
        .filter_map(|(position, value)| Some((position, value?)))
        .collect()
}

/// Stands in for the values of a new row whose table is an error.
pub fn no_values<N>(_: N) -> NewValues {
    Vec::new()
}

/// Stands in for a row whose table is an error.
pub fn unread<T>(_: &mut Cells<'_>) -> Result<T, ReadError> {
    Err(ReadError::untyped())
}
