use core::marker::PhantomData;

use super::meta::Meta;
use super::operand::Base;
use super::relation::Relation;
use crate::types::SqlValue;
use crate::wire::{ReadError, RowReader};

/// The tables of a statement: a table, or a tuple of tables, of which those joined from the left are `Option`s.
pub trait Sources: Sized + 'static {
    /// What a closure is given: the columns of the table, or a tuple of those. A column of a table that may have no row is read into
    /// an `Option`.
    type Columns;
    /// What a row is read into.
    type Row: Send + 'static;
    /// The first table.
    type First: Relation;
    /// Whether one of the tables may have no row.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// The columns, by the numbers of the tables.
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

/// The table `T` as one that may have no row, since it was joined from the left.
#[derive(Debug)]
pub struct Outer<T>(PhantomData<fn() -> T>);

/// A table as the columns of a statement have it: itself, or [`Outer`] where it may have no row.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a view",
    label = "no rows of this",
    note = "add `#[derive(Table)]` or `#[derive(View)]` to `{Self}`"
)]
pub trait Source: 'static {
    /// The table.
    type Relation: Relation;
    /// What a column of `V` is read into: an `Option` where there may be no row.
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

/// A table of a tuple: one, or an `Option` of one where it may have no row.
pub trait Element: 'static {
    /// The table.
    type Relation: Relation;
    /// What a closure is given.
    type Columns;
    /// What its part of a row is read into.
    type Row: Send + 'static;
    /// Whether it may have no row.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// Its columns, as those of table number `source`.
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

/// How many columns of a row are a table's.
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
