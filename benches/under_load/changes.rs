//! The changes: as the planner makes them from the structs, and as naive SQL.

use freehold::model::{
    Action, BinaryOp, CheckDef, ColumnDef, Expr, ForeignKeyDef, IndexDef, IndexPart, Ownership,
    PrimaryKeyDef, Reference, ScalarType, SqlType, TableDef, TableName, UniqueDef,
};
use freehold::plan::HazardKind::{self, BreaksRunningCode, DataLoss, GuaranteeLost};
use freehold::prelude::Uuid;

use crate::model::{Model, STATE_WITH_LATE, STATUS_WITH_LATE, of_type, table};

/// A change of the schema.
pub(crate) struct Change {
    pub(crate) name: &'static str,
    pub(crate) edit: fn(&mut Model),
    /// The naive SQL for the change, which runs in one transaction.
    pub(crate) naive: &'static str,
    /// The hazards that the migration allows.
    pub(crate) allow: &'static [HazardKind],
    /// SQL of another transaction that stays open during the change.
    pub(crate) beside: Option<&'static str>,
}

const fn change(name: &'static str, naive: &'static str, edit: fn(&mut Model)) -> Change {
    Change {
        name,
        edit,
        naive,
        allow: &[],
        beside: None,
    }
}

impl Change {
    const fn allow(mut self, allow: &'static [HazardKind]) -> Self {
        self.allow = allow;
        self
    }

    const fn beside(mut self, sql: &'static str) -> Self {
        self.beside = Some(sql);
        self
    }
}

/// A foreign key looks up the columns of its target, so these tables have them.
static ACCOUNT: TableDef = table("accounts", &[ColumnDef::new::<i64>("id")]);
static ENTRY: TableDef = table("entries", &[ColumnDef::new::<i64>("id")]);

const fn reference(name: &'static str, def: fn() -> &'static TableDef) -> Reference {
    Reference {
        table: TableName::new(None, name),
        ownership: Ownership::Shared,
        column: "id",
        def,
    }
}

const TO_ACCOUNT: ForeignKeyDef = ForeignKeyDef::new(
    &["account_id"],
    &[reference("accounts", || &ACCOUNT)],
    Action::Restrict,
);
const TO_ENTRY: ForeignKeyDef = ForeignKeyDef::new(
    &["entry_id"],
    &[reference("entries", || &ENTRY)],
    Action::Cascade,
);

const IS_POSITIVE: CheckDef = CheckDef::new(
    &["amount"],
    Expr::Binary(BinaryOp::Gt, &Expr::Column("amount"), &Expr::Number("0")),
);

static REMARKS: TableDef = table(
    "remarks",
    &[
        ColumnDef::new::<i64>("id"),
        ColumnDef::new::<i64>("entry_id"),
    ],
)
.indexes(&[IndexDef::new(&[IndexPart::column("entry_id")])])
.foreign_keys(&[TO_ENTRY]);

fn nullable_column(model: &mut Model) {
    model
        .columns
        .push(ColumnDef::new::<Option<String>>("remark"));
}

fn filled_column(model: &mut Model) {
    let token = ColumnDef::new::<Uuid>("token").default(Expr::Call("gen_random_uuid", &[]));
    model.columns.push(token);
}

fn check(model: &mut Model) {
    model.entries.checks = &const { [IS_POSITIVE] };
}

fn index(model: &mut Model) {
    let parts = &const { [IndexPart::column("created_at")] };
    model.indexes.push(IndexDef::new(parts));
}

fn foreign_key(model: &mut Model) {
    model.entries.foreign_keys = &[TO_ACCOUNT];
}

const ADD_FOREIGN_KEY: &str = "ALTER TABLE entries ADD CONSTRAINT fk_entries_account_id FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE RESTRICT";

pub(crate) const CHANGES: &[Change] = &[
    change(
        "column",
        "ALTER TABLE entries ADD COLUMN remark text",
        nullable_column,
    ),
    change(
        "column, constant default",
        "ALTER TABLE entries ADD COLUMN is_read boolean NOT NULL DEFAULT false",
        |model| {
            let column = ColumnDef::new::<bool>("is_read").default(Expr::Bool(false));
            model.columns.push(column);
        },
    ),
    change(
        "column, a default for each row",
        "ALTER TABLE entries ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid()",
        filled_column,
    ),
    change(
        "not null",
        "ALTER TABLE entries ALTER COLUMN title SET NOT NULL",
        |model| model.column("title", |column| column.nullable = false),
    ),
    change(
        "not null, nulls get the default",
        "ALTER TABLE entries ALTER COLUMN kind SET DEFAULT 'plain';
         UPDATE entries SET kind = DEFAULT WHERE kind IS NULL;
         ALTER TABLE entries ALTER COLUMN kind SET NOT NULL",
        |model| {
            model.column("kind", |column| {
                *column = column.default(Expr::Text("plain"));
                column.nullable = false;
            });
        },
    ),
    change(
        "check",
        "ALTER TABLE entries ADD CONSTRAINT chk_entries_amount CHECK (amount > 0)",
        check,
    ),
    change("foreign key", ADD_FOREIGN_KEY, foreign_key),
    change(
        "unique",
        "ALTER TABLE entries ADD CONSTRAINT uq_entries_number UNIQUE (number)",
        |model| model.entries.uniques = &const { [UniqueDef::new(&["number"])] },
    ),
    change(
        "another primary key",
        "ALTER TABLE entries DROP CONSTRAINT pk_entries, ADD CONSTRAINT pk_entries PRIMARY KEY (id, account_id)",
        |model| model.entries.primary_key = PrimaryKeyDef::new(&["id", "account_id"]),
    )
    .allow(&[BreaksRunningCode]),
    change(
        "primary key with a nullable column",
        "ALTER TABLE entries DROP CONSTRAINT pk_entries, ADD CONSTRAINT pk_entries PRIMARY KEY (id, title)",
        |model| {
            model.column("title", |column| column.nullable = false);
            model.entries.primary_key = PrimaryKeyDef::new(&["id", "title"]);
        },
    )
    .allow(&[BreaksRunningCode]),
    change(
        "index",
        "CREATE INDEX idx_entries_created_at ON entries (created_at)",
        index,
    ),
    change(
        "index changed",
        "DROP INDEX idx_entries_account; CREATE INDEX idx_entries_account ON entries (account_id, created_at)",
        |model| {
            if let Some(index) = model.indexes.first_mut() {
                index.parts = &const {
                    [
                        IndexPart::column("account_id"),
                        IndexPart::column("created_at"),
                    ]
                };
            }
        },
    ),
    change(
        "index dropped",
        "DROP INDEX idx_entries_legacy",
        |model| model.indexes.truncate(1),
    ),
    change(
        "type, in place",
        "ALTER TABLE entries ALTER COLUMN note TYPE varchar(200)",
        |model| {
            let wider = SqlType::Scalar(ScalarType::Varchar(Some(200)));
            model.column("note", |column| column.sql_type = wider);
        },
    ),
    change(
        "label of a text enum",
        "ALTER TABLE entries DROP CONSTRAINT chk_entries_state_valid, ADD CONSTRAINT chk_entries_state_valid CHECK (state IN ('open', 'done', 'late'))",
        |model| model.column("state", |column| column.sql_enum = Some(&STATE_WITH_LATE)),
    ),
    change(
        "label of an enum type",
        "ALTER TYPE entry_status ADD VALUE 'late'",
        |model| {
            model.column("status", |column| {
                *column = of_type(*column, SqlType::Enum(&STATUS_WITH_LATE));
            });
        },
    ),
    change(
        "column renamed",
        "ALTER TABLE entries RENAME COLUMN legacy TO former",
        |model| {
            model.column("legacy", |column| {
                *column = ColumnDef::new::<Option<String>>("former").renamed_from("legacy");
            });
            if let Some(index) = model.indexes.last_mut() {
                index.parts = &const { [IndexPart::column("former")] };
            }
        },
    )
    .allow(&[BreaksRunningCode]),
    change(
        "column dropped",
        "ALTER TABLE entries DROP COLUMN legacy",
        |model| {
            model.indexes.truncate(1);
            model.columns.retain(|column| column.name != "legacy");
        },
    )
    .allow(&[BreaksRunningCode, DataLoss, GuaranteeLost]),
    change(
        "table that references it",
        "CREATE TABLE remarks (id bigint PRIMARY KEY, entry_id bigint NOT NULL REFERENCES entries ON DELETE CASCADE);
         CREATE INDEX ON remarks (entry_id)",
        |model| model.others.push(REMARKS),
    ),
    change(
        "column, foreign key, check, index",
        "ALTER TABLE entries ADD COLUMN token uuid NOT NULL DEFAULT gen_random_uuid(),
             ADD CONSTRAINT fk_entries_account_id FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE RESTRICT,
             ADD CONSTRAINT chk_entries_amount CHECK (amount > 0);
         CREATE INDEX idx_entries_created_at ON entries (created_at)",
        |model| {
            filled_column(model);
            foreign_key(model);
            check(model);
            index(model);
        },
    ),
    change(
        "column, beside a reader of 8 s",
        "ALTER TABLE entries ADD COLUMN remark text",
        nullable_column,
    )
    .beside("SELECT FROM entries LIMIT 1"),
    change(
        "foreign key, beside a writer of 8 s",
        ADD_FOREIGN_KEY,
        foreign_key,
    )
    .beside("UPDATE accounts SET name = 'mine' WHERE id = 1"),
];
