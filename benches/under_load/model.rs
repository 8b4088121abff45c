//! The tables before a change: one with many rows, and one that it can reference.

use freehold::model::{
    ColumnDef, EnumDef, Expr, IndexDef, IndexPart, LabelDef, Ownership, PrimaryKeyDef, ScalarType,
    SqlType, TableDef, TableName,
};
use freehold::prelude::{DateTime, Utc};
use freehold::{Schema, SchemaDef, SchemaError};

/// How many rows `accounts` has.
pub(crate) const ACCOUNTS: i64 = 1000;

const fn labels(name: &'static str, native: bool, labels: &'static [LabelDef]) -> EnumDef {
    EnumDef {
        schema: None,
        name,
        native,
        comment: None,
        labels,
    }
}

const OPEN: LabelDef = LabelDef::new("open");
const DONE: LabelDef = LabelDef::new("done");
const LATE: LabelDef = LabelDef::new("late");

static STATE: EnumDef = labels("entry_state", false, &[OPEN, DONE]);
pub(crate) static STATE_WITH_LATE: EnumDef = labels("entry_state", false, &[OPEN, DONE, LATE]);
static STATUS: EnumDef = labels("entry_status", true, &[OPEN, DONE]);
pub(crate) static STATUS_WITH_LATE: EnumDef = labels("entry_status", true, &[OPEN, DONE, LATE]);

/// The tables, as lists that a change can edit.
pub(crate) struct Model {
    pub(crate) columns: Vec<ColumnDef>,
    pub(crate) indexes: Vec<IndexDef>,
    pub(crate) entries: TableDef,
    pub(crate) others: Vec<TableDef>,
}

impl Model {
    pub(crate) fn before() -> Self {
        Self {
            columns: columns(),
            indexes: vec![BY_ACCOUNT, BY_LEGACY],
            entries: table("entries", &[]),
            others: vec![table("accounts", ACCOUNT_COLUMNS)],
        }
    }

    pub(crate) fn column(&mut self, name: &str, change: impl FnOnce(&mut ColumnDef)) {
        let mut columns = self.columns.iter_mut();
        if let Some(column) = columns.find(|column| column.name == name) {
            change(column);
        }
    }

    pub(crate) fn schema(&self) -> Result<Schema, SchemaError> {
        let mut entries = self.entries.indexes(self.indexes.clone().leak());
        entries.columns = self.columns.clone().leak();
        let mut tables: Vec<&'static TableDef> = vec![Box::leak(Box::new(entries))];
        tables.extend(self.others.clone().leak().iter());
        SchemaDef::new("LOADED", tables.leak()).schema()
    }
}

pub(crate) const BY_ACCOUNT: IndexDef =
    IndexDef::new(&[IndexPart::column("account_id")]).name("idx_entries_account");
pub(crate) const BY_LEGACY: IndexDef =
    IndexDef::new(&[IndexPart::column("legacy")]).name("idx_entries_legacy");

const ACCOUNT_COLUMNS: &[ColumnDef] = &[
    ColumnDef::new::<i64>("id"),
    ColumnDef::new::<String>("name"),
];

/// A table whose key is `id`.
pub(crate) const fn table(name: &'static str, columns: &'static [ColumnDef]) -> TableDef {
    TableDef::new(
        TableName::new(None, name),
        Ownership::Shared,
        columns,
        PrimaryKeyDef::new(&["id"]),
    )
    .allow(&["uuid_key", "timestamps", "redundant_index"])
}

pub(crate) fn of_type(column: ColumnDef, sql_type: SqlType) -> ColumnDef {
    let mut column = column;
    column.sql_type = sql_type;
    column
}

fn columns() -> Vec<ColumnDef> {
    let mut state = ColumnDef::new::<String>("state");
    state.sql_enum = Some(&STATE);
    let note = SqlType::Scalar(ScalarType::Varchar(Some(50)));
    vec![
        ColumnDef::new::<i64>("id"),
        ColumnDef::new::<i64>("account_id"),
        ColumnDef::new::<i64>("number"),
        ColumnDef::new::<i64>("touched").default(Expr::Number("0")),
        ColumnDef::new::<i32>("amount"),
        ColumnDef::new::<Option<String>>("title"),
        ColumnDef::new::<Option<String>>("kind"),
        ColumnDef::new::<Option<String>>("legacy"),
        of_type(ColumnDef::new::<String>("note"), note),
        state,
        of_type(ColumnDef::new::<String>("status"), SqlType::Enum(&STATUS)),
        ColumnDef::new::<DateTime<Utc>>("created_at").default(Expr::Call("now", &[])),
    ]
}

/// SQL for the rows. Half of them have no `kind`.
pub(crate) fn rows(count: i64) -> String {
    format!(
        "INSERT INTO accounts SELECT n, 'account ' || n FROM generate_series(1, {ACCOUNTS}) AS n;
         INSERT INTO entries (id, account_id, number, amount, title, kind, legacy, note, state, status)
         SELECT n, 1 + n % {ACCOUNTS}, n, 1 + n % 100, 'title ' || n, CASE WHEN n % 2 = 0 THEN 'plain' END, 'legacy ' || n % 100,
             'a note of some length', CASE WHEN n % 3 = 0 THEN 'done' ELSE 'open' END, 'open'
         FROM generate_series(1, {count}) AS n;
         VACUUM ANALYZE entries, accounts;"
    )
}
