//! The bodies of functions; those that Freehold generates are in PL/pgSQL.

use super::{Postgres, immutable_trigger};
use crate::ddl::policy::enable;
use crate::ddl::printer::Printer;
use crate::ir::{Body, Expr, MonthlyPartitions, RecordChange};
use crate::model::{CALLER_SETTING, REASON_SETTING};
use crate::sql::quote;

pub(super) fn body(dialect: Postgres, body: &Body) -> String {
    let printer = Printer::new(&dialect);
    match body {
        Body::Source(source) => source.trim_matches('\n').trim_end().to_owned(),
        Body::SetColumn { column, value } => {
            let (column, value) = (printer.row_column("NEW", column), printer.expr(value));
            format!("BEGIN\n    {column} = {value};\n    RETURN NEW;\nEND;")
        }
        Body::SameColumns { from, to, changed } => same_columns(printer, (from, to), changed),
        Body::Keep {
            table,
            first,
            refusals,
        } => immutable_trigger::body(printer, table, first, refusals),
        Body::RecordChange(record) => record_change(printer, record),
        Body::MonthlyPartitions { plan, ahead } => monthly_partitions(dialect, plan, *ahead),
    }
}

/// Keeps two columns equal while two releases run: a row that only one release has written has its value in one of the
/// columns.
fn same_columns(printer: Printer<'_>, (from, to): (&str, &str), changed: &Expr) -> String {
    let (from, to) = (
        printer.row_column("NEW", from),
        printer.row_column("NEW", to),
    );
    let changed = printer.expr(changed);
    format!(
        "\
BEGIN
    IF TG_OP = 'INSERT' THEN
        {to} = coalesce({to}, {from});
        {from} = {to};
    ELSIF {changed} THEN
        {from} = {to};
    ELSE
        {to} = {from};
    END IF;
    RETURN NEW;
END;"
    )
}

/// Writes a change to the audit trail. For a secret column that changed it writes the name, never the value.
fn record_change(printer: Printer<'_>, record: &RecordChange) -> String {
    let insert = |action: &str, columns: &str, values: &str| {
        format!(
            "        INSERT INTO {} (table_name, action, actor, session_role, reason, caller{columns})
        VALUES ({}, '{action}', {}, session_user, {}, {}{values});",
            printer.qualified(&record.trail),
            printer.text(&record.table),
            actor(printer, record),
            setting_value(printer, REASON_SETTING),
            setting_value(printer, CALLER_SETTING)
        )
    };
    let (old_key, new_key) = (key(printer, record, "OLD"), key(printer, record, "NEW"));
    let (old_row, new_row) = (image(printer, record, "OLD"), image(printer, record, "NEW"));
    let inserted = insert(
        "insert",
        ", row_key, new_row",
        &format!(", {new_key}, {new_row}"),
    );
    let changed = changed_columns(printer, record);
    let updated = insert(
        "update",
        ", row_key, old_row, new_row, changed_columns",
        &format!(",\n            {new_key}, {old_row}, {new_row},\n            {changed}"),
    );
    let deleted = insert(
        "delete",
        ", row_key, old_row",
        &format!(", {old_key}, {old_row}"),
    );
    let truncated = insert("truncate", "", "");
    format!(
        "\
BEGIN
    IF TG_OP = 'INSERT' THEN
{inserted}
    ELSIF TG_OP = 'UPDATE' THEN
{updated}
    ELSIF TG_OP = 'DELETE' THEN
{deleted}
    ELSE
{truncated}
    END IF;
    RETURN NULL;
END;"
    )
}

/// Who acts for the owner; if no one does, the owner.
fn actor(printer: Printer<'_>, record: &RecordChange) -> String {
    let owner = setting_value(printer, &record.actor);
    match &record.acting {
        Some(acting) => format!("coalesce({}, {owner})", setting_value(printer, acting)),
        None => owner,
    }
}

/// The value of a setting, or null if it is not set. After a transaction that set it, the setting is the empty text.
fn setting_value(printer: Printer<'_>, setting: &str) -> String {
    format!(
        "nullif(current_setting({}, true), '')",
        printer.text(setting)
    )
}

/// The key of a row: `jsonb_build_object('id', NEW.id)`.
fn key(printer: Printer<'_>, record: &RecordChange, row: &str) -> String {
    let columns = record.key.iter();
    let parts: Vec<_> = columns
        .map(|column| {
            format!(
                "{}, {}",
                printer.text(column),
                printer.row_column(row, column)
            )
        })
        .collect();
    format!("jsonb_build_object({})", parts.join(", "))
}

/// A row as `jsonb`, without the columns that are left out.
fn image(printer: Printer<'_>, record: &RecordChange, row: &str) -> String {
    if record.left_out.is_empty() {
        return format!("to_jsonb({row})");
    }
    let names: Vec<_> = record
        .left_out
        .iter()
        .map(|name| printer.text(name))
        .collect();
    format!("to_jsonb({row}) - ARRAY[{}]", names.join(", "))
}

fn changed_columns(printer: Printer<'_>, record: &RecordChange) -> String {
    let columns = record.columns.iter();
    let cases: Vec<_> = columns
        .map(|(column, is_changed)| {
            format!(
                "CASE WHEN {} THEN {} END",
                printer.expr(is_changed),
                printer.text(column)
            )
        })
        .collect();
    format!(
        "array_remove(ARRAY[\n                {}\n            ]::text[], NULL)",
        cases.join(",\n                ")
    )
}

/// Creates the partitions of the current month and of `ahead` more, if they do not exist.
fn monthly_partitions(dialect: Postgres, plan: &MonthlyPartitions, ahead: u32) -> String {
    let printer = Printer::new(&dialect);
    let namespace = plan
        .table
        .schema
        .as_ref()
        .map(|schema| format!("{}.", printer.identifier(schema)));
    let partition = format!("{}%I", escaped(&namespace.unwrap_or_default()));
    let parent = escaped(&printer.qualified(&plan.table));
    let create =
        format!("CREATE TABLE {partition} PARTITION OF {parent} FOR VALUES FROM (%L) TO (%L)");
    let close = plan.row_security.map(|security| {
        let close = format!("ALTER TABLE {partition} {}", enable(security));
        format!(
            "\n            EXECUTE format({}, partition_name);",
            quote::text(&close)
        )
    });
    format!(
        "\
DECLARE
    month date;
    partition_name text;
BEGIN
    FOR step IN 0..{ahead} LOOP
        month := date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => step);
        partition_name := {} || to_char(month, '_YYYY_MM');
        IF to_regclass(format({}, partition_name)) IS NULL THEN
            EXECUTE format({}, partition_name, {}, {});{}
        END IF;
    END LOOP;
END;",
        quote::text(&plan.prefix),
        quote::text(&partition),
        quote::text(&create),
        beginning("month", plan.with_time_zone),
        beginning("(month + interval '1 month')::date", plan.with_time_zone),
        close.unwrap_or_default()
    )
}

/// Escapes a text for a template of `format`.
pub(super) fn escaped(text: &str) -> String {
    text.replace('%', "%%")
}

/// The beginning of a month, in UTC if the column has a time zone.
fn beginning(month: &str, with_time_zone: bool) -> String {
    if with_time_zone {
        format!("{month} || ' 00:00:00+00'")
    } else {
        month.to_owned()
    }
}
