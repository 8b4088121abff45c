//! A row of any table, as the bytes that the server sent.

use crate::model::{Ownership, PrimaryKeyDef, TableDef, TableName};
use crate::query::{ColumnsOf, Meta, Relation};
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
    type Fields = AnyColumns;
    type OuterFields = AnyColumns;

    fn meta() -> &'static Meta {
        &META
    }

    fn read(cells: &mut RowReader<'_>) -> Result<Self, ReadError> {
        cells.rest().map(Self)
    }
}

/// The columns of any table. Probes name columns by their positions instead.
pub(crate) struct AnyColumns;

impl ColumnsOf for AnyColumns {
    type Relation = AnyRow;

    fn at(_: u8) -> Self {
        Self
    }

    fn source(&self) -> u8 {
        0
    }
}
