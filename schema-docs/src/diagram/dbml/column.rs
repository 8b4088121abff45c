//! The columns of a table.

use freehold_schema_core::ddl::{POSTGRES, Postgres, Types as _};
use freehold_schema_core::ir::{Column, Schema, Table};
use freehold_schema_core::model::Identity;

use super::key;
use super::text::{default, name, settings, sql_type, string, written};

/// The line of a column: `"id" bigint [pk, not null]`.
pub(super) fn column(schema: &Schema, table: &Table, column: &Column) -> String {
    format!(
        "{} {}{}",
        name(&column.name),
        type_name(column),
        settings(&column_settings(schema, table, column))
    )
}

fn type_name(column: &Column) -> String {
    if column.serial {
        written(&Postgres.serial_name(&column.sql_type))
    } else {
        sql_type(&column.sql_type)
    }
}

fn column_settings(schema: &Schema, table: &Table, column: &Column) -> Vec<String> {
    let flags = [
        (key::is_primary(table, &column.name), "pk"),
        (!column.nullable, "not null"),
        (key::is_unique(table, &column.name), "unique"),
        (column.serial || column.identity.is_some(), "increment"),
    ];
    let flags = flags.into_iter().filter(|(has, _)| *has);
    let mut settings: Vec<_> = flags.map(|(_, word)| word.to_owned()).collect();
    settings.extend(default_value(column).map(|value| format!("default: {value}")));
    let note = notes(schema, table, column).join("\n");
    if !note.is_empty() {
        settings.push(format!("note: {}", string(&note)));
    }
    settings
}

/// The default, unless the column has none or DBML cannot hold its expression.
fn default_value(column: &Column) -> Option<String> {
    let expr = column.default.as_ref()?;
    default(expr, &POSTGRES.expr(expr))
}

/// The comment of a column, and what DBML has no words for.
fn notes(schema: &Schema, table: &Table, column: &Column) -> Vec<String> {
    let generated = column.generated.as_ref().map(|expr| {
        let expr = POSTGRES.expr(expr);
        format!("GENERATED ALWAYS AS ({expr}) STORED")
    });
    let default = column.default.as_ref().map(|expr| POSTGRES.expr(expr));
    let default = default.filter(|_| default_value(column).is_none());
    let leaving = schema.expansion.has_column(&table.name, &column.name);
    let parts = column.comment.clone().into_iter();
    parts
        .chain(generated)
        .chain(column.identity.map(identity))
        .chain(default.map(|sql| format!("DEFAULT {sql}")))
        .chain(leaving.then(|| "Only the previous release uses it.".to_owned()))
        .collect()
}

fn identity(identity: Identity) -> String {
    let who = match identity {
        Identity::Always => "ALWAYS",
        Identity::ByDefault => "BY DEFAULT",
    };
    format!("GENERATED {who} AS IDENTITY")
}
