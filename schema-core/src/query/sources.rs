use core::marker::PhantomData;

use super::meta::Meta;
use super::operand::Base;
use super::relation::Relation;
use crate::types::SqlValue;
use crate::wire::{ReadError, RowReader};

/// The tables of a statement: one table or a tuple of tables. Left-joined tables are `Option`s.
pub trait Sources: Sized + 'static {
    /// The argument of closures such as that of [`filter`](crate::query::Select::filter).
    ///
    /// It is the columns of the table, or a tuple of those. A column of a left-joined table is read into an `Option`.
    type Columns;
    /// The type that a row is read into: the struct of the table, or a tuple.
    type Row: Send + 'static;
    /// The first table.
    type First: Relation;
    /// Whether one of the tables is left-joined, so that it may have no row.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// The columns, numbered by table.
    #[doc(hidden)]
    fn columns() -> Self::Columns;

    /// Reads a row: the columns of each table, in order.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError>;
}

impl<T: Relation> Sources for T {
    type Columns = T::Fields;
    type Row = T;
    type First = T;

    fn columns() -> T::Fields {
        T::fields(0)
    }

    fn read(cells: &mut RowReader<'_>) -> Result<T, ReadError> {
        <T as Relation>::read(cells)
    }
}

/// The table `T` after a left join, where it may have no row.
#[derive(Debug)]
pub struct Outer<T>(PhantomData<fn() -> T>);

/// The table of a column: a table or a view, or [`Outer`] of one if it is left-joined.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a view",
    label = "not a table or a view",
    note = "add `#[derive(Table)]` or `#[derive(View)]` to `{Self}`"
)]
pub trait Source: 'static {
    /// The table.
    type Relation: Relation;
    /// The type that a column of `V` is read into: `Option` if the table may have no row.
    type Value<V: SqlValue>;
}

#[diagnostic::do_not_recommend]
impl<T: Relation> Source for T {
    type Relation = T;
    type Value<V: SqlValue> = V;
}

#[diagnostic::do_not_recommend]
impl<T: Relation> Source for Outer<T> {
    type Relation = T;
    type Value<V: SqlValue> = Option<Base<V>>;
}

/// A table of a tuple: a table, or an `Option` of one if it is left-joined.
pub trait Element: 'static {
    /// The table.
    type Relation: Relation;
    /// Its columns, as closures get them.
    type Columns;
    /// The type that its part of a row is read into.
    type Row: Send + 'static;
    /// Whether it is left-joined, so that it may have no row.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// Its columns, as columns of table number `source`.
    #[doc(hidden)]
    fn columns(source: u8) -> Self::Columns;

    /// Reads its part of a row.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError>;
}

impl<T: Relation> Element for T {
    type Relation = T;
    type Columns = T::Fields;
    type Row = T;

    fn columns(source: u8) -> T::Fields {
        T::fields(source)
    }

    fn read(cells: &mut RowReader<'_>) -> Result<T, ReadError> {
        <T as Relation>::read(cells)
    }
}

impl<T: Relation> Element for Option<T> {
    type Relation = T;
    type Columns = T::OuterFields;
    type Row = Self;
    const MAY_BE_ABSENT: bool = true;

    fn columns(source: u8) -> T::OuterFields {
        T::outer_fields(source)
    }

    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError> {
        let count = width(T::meta());
        if cells.are_null(count) {
            cells.skip(count);
            return Ok(None);
        }
        <T as Relation>::read(cells).map(Some)
    }
}

/// The number of columns that a table has in a row.
pub(crate) fn width(meta: &Meta) -> usize {
    meta.columns().len()
}

macro_rules! tuple {
    ($first:ident 0 $(, $name:ident $source:literal)+) => {
        impl<$first: Element $(, $name: Element)+> Sources for ($first, $($name),+) {
            type Columns = ($first::Columns, $($name::Columns),+);
            type Row = ($first::Row, $($name::Row),+);
            type First = $first::Relation;
            const MAY_BE_ABSENT: bool =
                <$first as Element>::MAY_BE_ABSENT $(|| <$name as Element>::MAY_BE_ABSENT)+;

            fn columns() -> Self::Columns {
                (<$first as Element>::columns(0), $(<$name as Element>::columns($source)),+)
            }

            fn read(cells: &mut RowReader<'_>) -> Result<Self::Row, ReadError> {
                Ok((<$first as Element>::read(cells)?, $(<$name as Element>::read(cells)?),+))
            }
        }
    };
}

tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
