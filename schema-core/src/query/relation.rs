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
    type Fields;

    /// The same struct for a left-joined table, which may have no row: values are read into `Option`s.
    type OuterFields;

    /// The table's names and types, as statements need them.
    #[doc(hidden)]
    fn meta() -> &'static Meta;

    /// The columns of the statement's table number `source`.
    #[doc(hidden)]
    fn fields(source: u8) -> Self::Fields;

    /// The same columns if the table is left-joined.
    #[doc(hidden)]
    fn outer_fields(source: u8) -> Self::OuterFields;

    /// Reads a row, field by field.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError>;
}
