//! The rows of a seed, checked by the types of their tables.

use std::sync::Arc;

use crate::model::{Ownership, PrimaryKeyDef, SchemaDef, TableDef, TableName};
use crate::query::{
    AddedUnscoped, Argument, ColumnsOf, ConflictColumns, InScopeOf, Insert, Meta, NewRow, Node,
    Relation, value,
};
use crate::scope::ScopeKey;
use crate::wire::{ReadError, RowReader};

/// Rows that every database of an application needs.
///
/// The rows of a table keep their order. Tables are written in the order of their references.
#[must_use = "a seed does nothing until it is applied"]
pub struct Seed {
    pub(super) def: &'static SchemaDef,
    pub(super) rows: Vec<Row>,
}

/// A row of any table.
pub(super) struct Row {
    pub(super) meta: &'static Meta,
    pub(super) owner: Option<Arc<dyn Argument>>,
    pub(super) values: Vec<(usize, Node)>,
    /// The positions of the columns that find the row again, if the caller names them.
    pub(super) by: Option<Vec<usize>>,
    pub(super) updates: bool,
}

impl Seed {
    /// A seed without rows.
    pub const fn new(def: &'static SchemaDef) -> Self {
        Self {
            def,
            rows: Vec::new(),
        }
    }

    /// Adds rows that need no owner: those of a shared or an internal table, and owners to whom the database gives a
    /// key.
    pub fn without_owner<T: AddedUnscoped>(self, table: SeedTable<T>) -> Self {
        self.with(None, table)
    }

    /// Adds rows of an owner. In the table of owners itself, the row gets this key.
    pub fn of_owner<K: ScopeKey, T: InScopeOf<K>>(self, owner: K, table: SeedTable<T>) -> Self {
        self.with(Some(&value(owner)), table)
    }

    fn with<T: Relation>(mut self, owner: Option<&Arc<dyn Argument>>, table: SeedTable<T>) -> Self {
        let SeedTable { rows, by, updates } = table;
        self.rows.extend(rows.into_iter().map(|insert| Row {
            meta: T::meta(),
            owner: owner.cloned(),
            values: insert.into_values(),
            by: by.clone(),
            updates,
        }));
        self
    }
}

/// Rows of one table. [`rows`] makes them.
#[must_use = "rows do nothing until they are added to a `Seed`"]
pub struct SeedTable<T> {
    rows: Vec<Insert<T>>,
    by: Option<Vec<usize>>,
    updates: bool,
}

/// Rows of one table: structs of new rows, or `insert(..)` of them with further columns set.
///
/// A second run finds a row by its primary key if the row sets it, otherwise by the unique key that it sets, otherwise
/// by the key that [`by`](SeedTable::by) names. It leaves the row as it is: `INSERT .. ON CONFLICT (key) DO NOTHING`.
pub fn rows<T: Relation, R: SeedRow<T>>(rows: impl IntoIterator<Item = R>) -> SeedTable<T> {
    SeedTable {
        rows: rows.into_iter().map(SeedRow::into_insert).collect(),
        by: None,
        updates: false,
    }
}

impl<T: Relation> SeedTable<T> {
    /// Names the key that finds the rows again: one column, or a tuple of up to three. The scope column is added
    /// automatically.
    pub fn by<C: ConflictColumns<T>>(mut self, columns: impl FnOnce(T::Fields) -> C) -> Self {
        self.by = Some(columns(T::fields(0)).positions());
        self
    }

    /// Also changes a row that is there with other values: `INSERT .. ON CONFLICT (key) DO UPDATE`.
    ///
    /// Columns that no update may change keep their values, and so do those that the row does not set. A row that is
    /// marked as deleted stays as it is.
    pub fn updating(mut self) -> Self {
        self.updates = true;
        self
    }
}

/// A row of a seed: the struct of a new row, or `insert(..)` of it with further columns set.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a new row of `{T}`",
    label = "not a new row of `{T}`",
    note = "give the struct of a new row, or `insert(..)` of it with further columns set"
)]
pub trait SeedRow<T> {
    /// The statement that adds it.
    #[doc(hidden)]
    fn into_insert(self) -> Insert<T>;
}

impl<T: Relation, N: NewRow<Table = T>> SeedRow<T> for N {
    fn into_insert(self) -> Insert<T> {
        Insert::new(self)
    }
}

impl<T: Relation> SeedRow<T> for Insert<T> {
    fn into_insert(self) -> Self {
        self
    }
}

/// A table that is known only at run time: each statement names its own.
pub(super) enum AnyTable {}

/// The columns of any table. Seeds name columns by their positions instead.
pub(super) struct AnyColumns;

impl ColumnsOf for AnyColumns {
    type Relation = AnyTable;

    fn at(_: u8) -> Self {
        Self
    }

    fn source(&self) -> u8 {
        0
    }
}

impl Relation for AnyTable {
    type Fields = AnyColumns;
    type OuterFields = AnyColumns;

    fn meta() -> &'static Meta {
        static NONE: TableDef = TableDef::new(
            TableName::new(None, ""),
            Ownership::Shared,
            &[],
            PrimaryKeyDef::new(&[]),
        );
        static META: Meta = Meta::table(&NONE);
        &META
    }

    fn read(_: &mut RowReader<'_>) -> Result<Self, ReadError> {
        Err(ReadError::untyped())
    }
}
