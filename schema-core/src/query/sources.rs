use super::relation::{Meta, Relation};
use crate::wire::{Cells, ReadError};

/// The tables of a statement: a table, or a tuple of tables, of which those joined from the left are `Option`s.
pub trait Sources: Sized + 'static {
    /// What a closure is given: the columns of the table, or a tuple of those.
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
    fn read(cells: &mut Cells<'_>) -> Result<Self::Row, ReadError>;
}

impl<T: Relation> Sources for T {
    type Columns = T::Fields;
    type Row = T;
    type First = T;

    fn columns() -> T::Fields {
        T::fields(0)
    }

    fn read(cells: &mut Cells<'_>) -> Result<T, ReadError> {
        <T as Relation>::read(cells)
    }
}

/// A table of a tuple: one, or an `Option` of one where it may have no row.
pub trait Element: 'static {
    /// The table.
    type Relation: Relation;
    /// What its part of a row is read into.
    type Row: Send + 'static;
    /// Whether it may have no row.
    #[doc(hidden)]
    const MAY_BE_ABSENT: bool = false;

    /// Reads its part of a row.
    #[doc(hidden)]
    fn read(cells: &mut Cells<'_>) -> Result<Self::Row, ReadError>;
}

impl<T: Relation> Element for T {
    type Relation = T;
    type Row = T;

    fn read(cells: &mut Cells<'_>) -> Result<T, ReadError> {
        <T as Relation>::read(cells)
    }
}

impl<T: Relation> Element for Option<T> {
    type Relation = T;
    type Row = Self;
    const MAY_BE_ABSENT: bool = true;

    fn read(cells: &mut Cells<'_>) -> Result<Self, ReadError> {
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
            type Columns = (
                <$first::Relation as Relation>::Fields,
                $(<$name::Relation as Relation>::Fields),+
            );
            type Row = ($first::Row, $($name::Row),+);
            type First = $first::Relation;
            const MAY_BE_ABSENT: bool =
                <$first as Element>::MAY_BE_ABSENT $(|| <$name as Element>::MAY_BE_ABSENT)+;

            fn columns() -> Self::Columns {
                (
                    <$first::Relation as Relation>::fields(0),
                    $(<$name::Relation as Relation>::fields($source)),+
                )
            }

            fn read(cells: &mut Cells<'_>) -> Result<Self::Row, ReadError> {
                Ok((<$first as Element>::read(cells)?, $(<$name as Element>::read(cells)?),+))
            }
        }
    };
}

tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
