//! The audit trail: one table, and for each audited table a function that writes to it and the triggers that call the
//! function.

use super::changed::is_changed;
use super::facts::is_audited;
use super::texts::owned;
use crate::ir::QualifiedName;
use crate::ir::constraint::{Check, PrimaryKey};
use crate::ir::names::Names;
use crate::ir::{
    Body, Column, Expr, Index, IndexPart, RecordChange, Routine, SqlType, Table, Trigger,
    TriggerEvent,
};
use crate::model::{
    ACTOR_SETTING, ColumnDef, Identity, IndexMethod, Isolation, ScalarType, SchemaDef, SortOrder,
    TableDef, TriggerLevel, TriggerTiming,
};

/// The actions in the trail: the values of `TG_OP`, in lower case.
const ACTIONS: [&str; 4] = ["insert", "update", "delete", "truncate"];

/// The table of the trail, if any table is audited.
pub(super) fn table(def: &SchemaDef) -> Option<Table> {
    is_audited(def).then(|| {
        let name = QualifiedName::from(&def.audit.table);
        let mut names = Names::default();
        Table {
            comment: Some(
                "Every change of the audited tables, written by their triggers alone.".to_owned(),
            ),
            columns: columns(),
            primary_key: Some(PrimaryKey {
                name: names.by_convention("pk", &name.name, []),
                columns: vec!["id".to_owned()],
            }),
            checks: vec![Check {
                name: names.by_convention("chk", &name.name, ["action", "valid"]),
                condition: Expr::is_one_of(
                    "action",
                    ACTIONS.map(|action| Expr::Text(action.to_owned())).into(),
                ),
            }],
            indexes: vec![history(&name, &mut names)],
            ..Table::new(name)
        }
    })
}

fn columns() -> Vec<Column> {
    use ScalarType::{BigInt, Jsonb, Text, TimestampTz};
    let texts = SqlType::Array(Box::new(SqlType::Scalar(Text)));
    let mut id = column("id", BigInt, false, "");
    id.identity = Some(Identity::Always);
    let mut changed_at = column(
        "changed_at",
        TimestampTz,
        false,
        "The clock at the change, not at the transaction's start.",
    );
    changed_at.default = Some(Expr::Call("clock_timestamp".to_owned(), Vec::new()));
    let mut changed_columns = column(
        "changed_columns",
        Text,
        true,
        "The columns that an update changed, secret ones by name alone.",
    );
    changed_columns.sql_type = texts;
    vec![
        id,
        changed_at,
        column("table_name", Text, false, ""),
        column("action", Text, false, ""),
        column("row_key", Jsonb, true, "The primary key of the row."),
        column(
            "actor",
            Text,
            true,
            "Who changed it: the user whose rows it was for, or who acted for that user.",
        ),
        column(
            "session_role",
            Text,
            false,
            "The role that signed in to the database.",
        ),
        column(
            "reason",
            Text,
            true,
            "Why it was changed over all users, where it was.",
        ),
        column(
            "caller",
            Text,
            true,
            "The place in the code that gave the reason.",
        ),
        column("old_row", Jsonb, true, "The row before, without secrets."),
        column("new_row", Jsonb, true, "The row after, without secrets."),
        changed_columns,
    ]
}

fn column(name: &str, scalar: ScalarType, nullable: bool, comment: &str) -> Column {
    Column {
        name: name.to_owned(),
        sql_type: SqlType::Scalar(scalar),
        nullable,
        default: None,
        generated: None,
        identity: None,
        serial: false,
        comment: (!comment.is_empty()).then(|| comment.to_owned()),
        renamed_from: None,
        renamed_labels: Vec::new(),
        allow: Vec::new(),
    }
}

/// The index for reading the history of one row.
fn history(table: &QualifiedName, names: &mut Names) -> Index {
    let columns = ["table_name", "row_key"];
    let part = |column: &str| IndexPart {
        value: Expr::Column(column.to_owned()),
        order: SortOrder::Ascending,
        nulls: None,
        collation: None,
        operator_class: None,
    };
    Index {
        name: names.by_convention("idx", &table.name, columns),
        parts: columns.into_iter().map(part).collect(),
        unique: false,
        nulls_not_distinct: false,
        method: IndexMethod::BTree,
        include: Vec::new(),
        filter: None,
    }
}

/// The functions that write changes to the trail, one for each table, so that no change has to look up the table's
/// columns.
///
/// They run with the rights of their owner, because no one else may write to the trail. No role may execute them:
/// triggers need no such right, and without it a user cannot attach them to a table made to forge entries.
pub(super) fn functions(def: &SchemaDef) -> Vec<Routine> {
    let audited = def.tables.iter().filter(|table| table.audit);
    let function = |table: &&'static TableDef| {
        let body = Body::RecordChange(record(def, table));
        let mut function = Routine::trigger_function(function_name(def, table), body);
        function.security_definer = true;
        function.execute = Some(Vec::new());
        function
    };
    audited.map(function).collect()
}

fn record(def: &SchemaDef, table: &TableDef) -> RecordChange {
    let secret = table
        .columns
        .iter()
        .filter(|column| is_secret(table, column));
    let secret = secret.map(|column| column.name);
    // The document of a full-text search repeats the content of other columns.
    let repeating = table.search.iter().map(|search| search.column);
    let columns = table.columns.iter();
    RecordChange {
        trail: (&def.audit.table).into(),
        table: name_in_trail(table),
        key: owned(table.primary_key.columns),
        columns: columns
            .map(|column| (column.name.to_owned(), is_changed(column)))
            .collect(),
        left_out: secret.chain(repeating).map(str::to_owned).collect(),
        actor: actor(def).to_owned(),
        acting: acting(def).map(str::to_owned),
    }
}

/// Whether the column is secret, or computed from a secret one.
fn is_secret(table: &TableDef, column: &ColumnDef) -> bool {
    let secret = table.columns.iter().filter(|other| other.secret);
    let generated = column.generated.as_ref().map(Expr::from);
    let mut sources = secret.map(|other| other.name);
    column.secret || generated.is_some_and(|expr| sources.any(|source| mentions(&expr, source)))
}

/// Whether an expression reads a column.
///
/// For raw SQL it is true if the text contains the name anywhere, also in a string or in another name: a column too
/// many in secret is better than one too few.
fn mentions(expr: &Expr, column: &str) -> bool {
    let mut found = false;
    expr.visit(&mut |part| {
        found |= match part {
            Expr::Column(name) => name == column,
            Expr::Sql(sql) => sql.to_lowercase().contains(&column.to_lowercase()),
            _ => false,
        };
    });
    found
}

/// The table's name, with its PostgreSQL schema unless that is `public`, because two schemas may have tables with one
/// name.
fn name_in_trail(table: &TableDef) -> String {
    let words: Vec<_> = schema_of(table)
        .into_iter()
        .chain([table.name.name])
        .collect();
    words.join(".")
}

fn schema_of(table: &TableDef) -> Option<&'static str> {
    table.name.schema.filter(|schema| *schema != "public")
}

/// The name of the function. It includes the table's PostgreSQL schema, because two schemas may have tables with one
/// name.
fn function_name(def: &SchemaDef, table: &TableDef) -> QualifiedName {
    let schema = schema_of(table);
    let words = schema.into_iter().chain([table.name.name, "change"]);
    let words: Vec<_> = words.collect();
    let name = Names::default().by_convention("record", &words.join("_"), []);
    QualifiedName::new(def.audit.table.schema, &name)
}

/// The setting that holds who makes a change.
fn actor(def: &SchemaDef) -> &str {
    let of_isolation = match &def.isolation {
        Isolation::RowSecurity(isolation) => isolation.setting,
        Isolation::Predicate => "app.user_id",
    };
    def.audit.actor.unwrap_or(of_isolation)
}

/// The setting that holds who acts for the owner, unless the schema names a setting for the actor.
fn acting(def: &SchemaDef) -> Option<&'static str> {
    match def.audit.actor {
        Some(_) => None,
        None => Some(ACTOR_SETTING),
    }
}

/// The triggers after each change of a row, and after a `TRUNCATE`, which fires no trigger for each row.
pub(super) fn triggers(def: &SchemaDef, table: &TableDef, names: &mut Names) -> Vec<Trigger> {
    if !table.audit {
        return Vec::new();
    }
    let mut trigger = |words: &[&'static str], level, events| Trigger {
        name: names.by_convention("audit", table.name.name, words.iter().copied()),
        timing: TriggerTiming::After,
        events,
        level,
        when: None,
        function: function_name(def, table),
        arguments: Vec::new(),
    };
    vec![
        trigger(
            &[],
            TriggerLevel::Row,
            vec![
                TriggerEvent::Insert,
                TriggerEvent::Update(Vec::new()),
                TriggerEvent::Delete,
            ],
        ),
        trigger(
            &["truncate"],
            TriggerLevel::Statement,
            vec![TriggerEvent::Truncate],
        ),
    ]
}
