//! A row of any table, as the bytes that the server sent.

use crate::model::{Ownership, PrimaryKeyDef, TableDef, TableName};
use crate::query::{Meta, Relation};
use crate::wire::{ReadError, RowReader};

/// The bytes of a row's values; `None` is null.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AnyRow(pub(crate) Vec<Option<Vec<u8>>>);

/// A placeholder, because each statement names its own table.
static NONE: TableDef = TableDef::new(
    TableName::new(None, ""),
    Ownership::Shared,
    &[],
    PrimaryKeyDef::new(&[]),
);

static META: Meta = Meta::table(&NONE);

impl Relation for AnyRow {
    type Fields = ();
    type OuterFields = ();

    fn meta() -> &'static Meta {
        &META
    }

    fn fields(_: u8) {}

    fn outer_fields(_: u8) {}

    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError> {
        cells.rest().map(Self)
    }
}
