use super::meta::Meta;
use crate::wire::{ReadError, RowReader};

/// A table or a view whose rows are read into `Self`. `#[derive(Table)]` and `#[derive(View)]` implement it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a view",
    label = "not a table or a view",
    note = "add `#[derive(Table)]` or `#[derive(View)]` to `{Self}`"
)]
pub trait Relation: Sized + Send + 'static {
    /// A struct with one column for each field: the argument of closures such as that of `filter`.
    type Fields: ColumnsOf<Relation = Self>;

    /// The same struct for a left-joined table, which may have no row: values are read into `Option`s.
    type OuterFields: ColumnsOf<Relation = Self>;

    /// The table's names and types, as statements need them.
    #[doc(hidden)]
    fn meta() -> &'static Meta;

    /// The columns of the statement's table number `source`.
    #[doc(hidden)]
    fn fields(source: u8) -> Self::Fields {
        ColumnsOf::at(source)
    }

    /// The same columns if the table is left-joined.
    #[doc(hidden)]
    fn outer_fields(source: u8) -> Self::OuterFields {
        ColumnsOf::at(source)
    }

    /// Reads a row, field by field.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError>;
}

/// The columns of a table or a view, as closures such as that of `filter` get them. The derives implement it.
pub trait ColumnsOf: Sized {
    /// The table or the view.
    type Relation: Relation;

    /// The columns of the statement's table number `source`.
    #[doc(hidden)]
    fn at(source: u8) -> Self;

    /// The number of the table in the statement.
    #[doc(hidden)]
    fn source(&self) -> u8;
}
