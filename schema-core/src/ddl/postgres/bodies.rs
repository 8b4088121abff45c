//! The bodies of functions, in PL/pgSQL where Freehold writes them.

use super::Postgres;
use crate::ddl::Dialect;
use crate::ddl::policy::enable;
use crate::ddl::printer::Printer;
use crate::ir::{Body, MonthlyPartitions};

pub(super) fn body(dialect: Postgres, body: &Body) -> String {
    let printer = Printer::new(&dialect);
    match body {
        Body::Source(source) => source.trim_matches('\n').trim_end().to_owned(),
        Body::SetColumn { column, value } => {
            let (column, value) = (printer.identifier(column), printer.expr(value));
            format!("BEGIN\n    NEW.{column} = {value};\n    RETURN NEW;\nEND;")
        }
        Body::RefuseChange => REFUSE_CHANGE.to_owned(),
        Body::RefuseTransition => REFUSE_TRANSITION.to_owned(),
        Body::RecordChange { table, actor } => {
            record_change(&printer.qualified(table), &dialect.text(actor))
        }
        Body::MonthlyPartitions { plan, ahead } => monthly_partitions(dialect, plan, *ahead),
    }
}

/// Its arguments are the table and its immutable columns. It is called only where one of them changes, so it may look for which.
const REFUSE_CHANGE: &str = "\
DECLARE
    changed text;
BEGIN
    SELECT string_agg(name, ', ') INTO changed
    FROM unnest(TG_ARGV[1:]) AS name
    WHERE to_jsonb(OLD) -> name IS DISTINCT FROM to_jsonb(NEW) -> name;
    RAISE EXCEPTION USING
        ERRCODE = 'restrict_violation',
        MESSAGE = format('`%s.%s` is immutable', TG_ARGV[0], changed),
        HINT = 'it keeps the value that the row was inserted with',
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], COLUMN = changed, CONSTRAINT = TG_NAME;
END;";

/// Its arguments are the table, the column, and the allowed steps for the hint.
const REFUSE_TRANSITION: &str = "\
DECLARE
    old_value text := to_jsonb(OLD) ->> TG_ARGV[1];
    new_value text := to_jsonb(NEW) ->> TG_ARGV[1];
    allowed text := nullif(TG_ARGV[2]::jsonb ->> old_value, '');
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation',
        MESSAGE = format('`%s.%s` cannot go from `%s` to `%s`', TG_ARGV[0], TG_ARGV[1], old_value, new_value),
        HINT = CASE WHEN allowed IS NULL THEN format('nothing follows `%s`', old_value) ELSE format('`%s` is followed by: %s', old_value, allowed) END,
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_ARGV[0], COLUMN = TG_ARGV[1], CONSTRAINT = TG_NAME;
END;";

/// Its arguments are the table, the columns of its key, those that are secret, and those that only repeat others. Of a secret column that
/// changed the name is written, and never the value.
fn record_change(table: &str, actor: &str) -> String {
    format!(
        "\
DECLARE
    key_columns text[] := TG_ARGV[1];
    secret_columns text[] := TG_ARGV[2];
    repeating_columns text[] := TG_ARGV[3];
    old_row jsonb;
    new_row jsonb;
    row_key jsonb;
    changed_columns text[];
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        old_row := to_jsonb(OLD) - repeating_columns;
    END IF;
    IF TG_OP IN ('INSERT', 'UPDATE') THEN
        new_row := to_jsonb(NEW) - repeating_columns;
    END IF;
    IF TG_OP <> 'TRUNCATE' THEN
        SELECT jsonb_object_agg(name, coalesce(new_row, old_row) -> name) INTO row_key FROM unnest(key_columns) AS name;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT coalesce(array_agg(field.key ORDER BY field.key), '{{}}') INTO changed_columns
        FROM jsonb_each(new_row) AS field
        WHERE field.value IS DISTINCT FROM old_row -> field.key;
    END IF;
    INSERT INTO {table} (table_name, action, row_key, actor, session_role, old_row, new_row, changed_columns)
    VALUES (
        TG_ARGV[0], lower(TG_OP), row_key, nullif(current_setting({actor}, true), ''), session_user,
        old_row - secret_columns, new_row - secret_columns, changed_columns
    );
    RETURN NULL;
END;"
    )
}

/// The partitions of this month and of those ahead, each unless it is there.
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
            dialect.text(&close)
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
        dialect.text(&plan.prefix),
        dialect.text(&partition),
        dialect.text(&create),
        beginning("month", plan.with_time_zone),
        beginning("(month + interval '1 month')::date", plan.with_time_zone),
        close.unwrap_or_default()
    )
}

/// A text in a template of `format`.
fn escaped(text: &str) -> String {
    text.replace('%', "%%")
}

/// The beginning of a month, in UTC where the column knows a zone.
fn beginning(month: &str, with_time_zone: bool) -> String {
    if with_time_zone {
        format!("{month} || ' 00:00:00+00'")
    } else {
        month.to_owned()
    }
}
