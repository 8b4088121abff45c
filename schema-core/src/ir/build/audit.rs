//! The audit trail: one table, one function, and the triggers that call it.

use super::{is_audited, row_security};
use crate::ir::constraint::{Check, PrimaryKey};
use crate::ir::names::{Names, QualifiedName};
use crate::ir::{
    Body, Column, Expr, Index, IndexPart, Routine, SqlType, Table, Trigger, TriggerEvent,
};
use crate::model::{
    Identity, IndexMethod, ScalarType, SchemaDef, SortOrder, TableDef, TriggerLevel, TriggerTiming,
};

/// The actions that a row of the trail can be about: the words of `TG_OP`, in lower case.
const ACTIONS: [&str; 4] = ["insert", "update", "delete", "truncate"];

/// The table of the trail, where any table is audited.
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
            "The user that the application said it acts for.",
        ),
        column(
            "session_role",
            Text,
            false,
            "The role that signed in to the database.",
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
    }
}

/// The history of one row, without reading the others'.
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

/// The function that writes a change. It runs with the rights of its owner, since nobody else may write to the trail, and nobody may call
/// it: a trigger does not ask, and a table made for the purpose of forging entries cannot have one.
pub(super) fn function(def: &SchemaDef) -> Option<Routine> {
    is_audited(def).then(|| {
        let body = Body::RecordChange {
            table: (&def.audit.table).into(),
            actor: actor(def).to_owned(),
        };
        let mut function = Routine::trigger_function(function_name(def), body);
        function.security_definer = true;
        function.execute = Some(Vec::new());
        function
    })
}

fn function_name(def: &SchemaDef) -> QualifiedName {
    QualifiedName::new(def.audit.table.schema, "record_change")
}

/// The setting that holds who changes something.
fn actor(def: &SchemaDef) -> &str {
    let of_isolation = || row_security(def).map(|isolation| isolation.setting);
    def.audit
        .actor
        .or_else(of_isolation)
        .unwrap_or("app.user_id")
}

/// After each change of a row, and after a `TRUNCATE`, which takes the rows without a word of each.
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
        function: function_name(def),
        arguments: arguments(table),
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

/// The table's name, since a trigger on a partition would see the partition's; the columns of the key; those that are secret; and the
/// document of full-text search, which repeats what others hold.
fn arguments(table: &TableDef) -> Vec<String> {
    let secret = table.columns.iter().filter(|column| column.secret);
    vec![
        table.name.name.to_owned(),
        text_array(table.primary_key.columns.iter().copied()),
        text_array(secret.map(|column| column.name)),
        text_array(table.search.iter().map(|search| search.column)),
    ]
}

/// The text of an array of texts (PostgreSQL manual, 8.15.2).
fn text_array<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<_> = texts
        .map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")))
        .collect();
    format!("{{{}}}", quoted.join(","))
}
