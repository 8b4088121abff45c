//! Texts that PostgreSQL cannot store.

use proc_macro2::Span;
use syn::LitStr;

use crate::ast::{Expr, Table, Text};
use crate::errors::Errors;

/// Reports texts with a NUL, where PostgreSQL's texts would end.
pub(super) fn nul(table: &Table, errors: &Errors) {
    let comments = table.comment.iter().chain(
        table
            .columns
            .iter()
            .filter_map(|column| column.comment.as_ref()),
    );
    comments.for_each(|comment| text(comment, "a comment", errors));
    for raw in table
        .columns
        .iter()
        .filter_map(|column| column.sql_type_raw.as_ref())
    {
        text(raw, "a type", errors);
    }
    let parts = table.indexes.iter().flat_map(|index| &index.parts);
    for collation in parts.filter_map(|part| part.collation.as_ref()) {
        report(&collation.value(), collation.span(), "a collation", errors);
    }
    let bounds = table
        .partitions
        .iter()
        .flat_map(|partition| partition.bound.values());
    for expr in expressions(table).chain(bounds) {
        in_expr(expr, errors);
    }
    let arguments = table.triggers.iter().flat_map(|trigger| &trigger.arguments);
    arguments.for_each(|argument| literal(argument, "an argument", errors));
}

/// Every expression of the table, including the conditions of its triggers.
fn expressions(table: &Table) -> impl Iterator<Item = &Expr> {
    let conditions = super::triggers::conditions(table).map(|(_, when)| when);
    super::expressions::all(table).chain(conditions)
}

/// Reports empty SQL, which would be passed on as written.
pub(super) fn empty(table: &Table, errors: &Errors) {
    let types = table
        .columns
        .iter()
        .filter_map(|column| column.sql_type_raw.as_ref());
    for raw in types.filter(|raw| raw.value.trim().is_empty()) {
        errors.push_at(
            raw.span,
            "the type is empty; write it in SQL: `sql_type = \"point\"`",
        );
    }
    for expr in expressions(table) {
        if let Expr::Sql(sql) = expr
            && sql.value().trim().is_empty()
        {
            errors.push_at(sql.span(), "the expression is empty; write it in SQL");
        }
    }
}

pub(super) fn text(text: &Text, what: &str, errors: &Errors) {
    report(&text.value, text.span, what, errors);
}

pub(super) fn literal(text: &LitStr, what: &str, errors: &Errors) {
    report(&text.value(), text.span(), what, errors);
}

/// Reports a text that is empty or blank.
pub(super) fn not_empty(text: &LitStr, message: &str, errors: &Errors) {
    if text.value().trim().is_empty() {
        errors.push_at(text.span(), message);
    }
}

fn report(value: &str, span: Span, what: &str, errors: &Errors) {
    if value.contains('\0') {
        errors.push_at(
            span,
            format!("{what} cannot contain a NUL character; remove the `\\0`"),
        );
    }
}

pub(super) fn in_expr(expr: &Expr, errors: &Errors) {
    expr.visit(&mut |expr| {
        if let Expr::Text(literal) | Expr::Sql(literal) = expr {
            report(&literal.value(), literal.span(), "a text", errors);
        }
    });
}
