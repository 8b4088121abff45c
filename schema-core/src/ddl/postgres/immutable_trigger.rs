//! The body of a table's immutable trigger. It rejects first states and transitions that are not allowed, and changes
//! of immutable columns.

use super::bodies::escaped;
use crate::ddl::printer::Printer;
use crate::ir::{Expr, FirstStates, RefusedUpdate};

pub(super) fn body(
    printer: Printer<'_>,
    table: &str,
    first: &[FirstStates],
    refusals: &[RefusedUpdate],
) -> String {
    let on_insert: Vec<_> = first
        .iter()
        .map(|first| begins_with(printer, table, first))
        .collect();
    let on_update: Vec<_> = refusals
        .iter()
        .map(|refusal| changes(printer, table, refusal))
        .collect();
    let on_insert = if on_insert.is_empty() {
        String::new()
    } else {
        // There is no old row to compare on insert.
        format!(
            "    IF TG_OP = 'INSERT' THEN\n{}\n        RETURN NEW;\n    END IF;\n",
            on_insert.join("\n")
        )
    };
    format!(
        "BEGIN\n{on_insert}{}\n    RETURN NEW;\nEND;",
        on_update.join("\n")
    )
}

/// A condition, and the error to raise if it holds.
struct Raise<'a> {
    when: &'a Expr,
    column: &'a str,
    code: &'static str,
    message: String,
    hint: String,
}

fn raise(printer: Printer<'_>, table: &str, raise: &Raise<'_>) -> String {
    format!(
        "    IF {} THEN
        RAISE EXCEPTION USING
            ERRCODE = '{}',
            MESSAGE = {},
            HINT = {},
            SCHEMA = TG_TABLE_SCHEMA, TABLE = {}, COLUMN = {}, CONSTRAINT = TG_NAME;
    END IF;",
        printer.expr(raise.when),
        raise.code,
        raise.message,
        raise.hint,
        printer.text(table),
        printer.text(raise.column)
    )
}

fn begins_with(printer: Printer<'_>, table: &str, first: &FirstStates) -> String {
    let column = &first.column;
    let text = format!(
        "{} cannot begin as `%s`",
        escaped(&format!("`{table}.{column}`"))
    );
    let value = printer.row_column("NEW", column);
    let labels = first.labels.join("` or `");
    raise(
        printer,
        table,
        &Raise {
            when: &first.when,
            column,
            code: "check_violation",
            message: format!("format({}, {value})", printer.text(&text)),
            hint: printer.text(&format!("it begins as `{labels}`")),
        },
    )
}

fn changes(printer: Printer<'_>, table: &str, refusal: &RefusedUpdate) -> String {
    let name = format!("`{table}.{}`", refusal.column);
    let (code, message, hint) = match &refusal.steps {
        None => (
            "restrict_violation",
            printer.text(&format!("{name} is immutable")),
            printer.text("it keeps the value that the row was inserted with"),
        ),
        Some(steps) => (
            "check_violation",
            step_message(printer, &name, &refusal.column),
            step_hint(printer, &refusal.column, steps),
        ),
    };
    raise(
        printer,
        table,
        &Raise {
            when: &refusal.when,
            column: &refusal.column,
            code,
            message,
            hint,
        },
    )
}

fn step_message(printer: Printer<'_>, name: &str, column: &str) -> String {
    let text = format!("{} cannot go from `%s` to `%s`", escaped(name));
    format!(
        "format({}, {}, {})",
        printer.text(&text),
        printer.row_column("OLD", column),
        printer.row_column("NEW", column)
    )
}

/// The hint that lists the values that may follow the present one.
fn step_hint(printer: Printer<'_>, column: &str, steps: &[(String, Vec<String>)]) -> String {
    let followed = steps.iter().filter(|(_, to)| !to.is_empty());
    let cases: Vec<_> = followed
        .map(|(from, to)| {
            let hint = format!("`{from}` is followed by `{}`", to.join("` or `"));
            format!(" WHEN {} THEN {}", printer.text(from), printer.text(&hint))
        })
        .collect();
    let column = printer.row_column("OLD", column);
    let nothing = format!("format('nothing follows `%s`', {column})");
    if cases.is_empty() {
        nothing
    } else {
        format!("CASE {column}{} ELSE {nothing} END", cases.concat())
    }
}
