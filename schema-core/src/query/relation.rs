use super::meta::Meta;
use crate::wire::{ReadError, RowReader};

/// A table or a view whose rows are read into `Self`. Made by `#[derive(Table)]` and `#[derive(View)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a table nor a view",
    label = "no rows of this",
    note = "add `#[derive(Table)]` or `#[derive(View)]` to `{Self}`"
)]
pub trait Relation: Sized + Send + 'static {
    /// A struct with one column for each field: what a closure is given.
    type Fields;

    /// The same where the table may have no row: their values are read into `Option`s.
    type OuterFields;

    /// What a statement has to know.
    #[doc(hidden)]
    fn meta() -> &'static Meta;

    /// The columns of the statement's table number `source`.
    #[doc(hidden)]
    fn fields(source: u8) -> Self::Fields;

    /// The same where the table may have no row.
    #[doc(hidden)]
    fn outer_fields(source: u8) -> Self::OuterFields;

    /// Reads a row, field by field.
    #[doc(hidden)]
    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError>;
}
