//! Texts that PostgreSQL cannot hold.

use proc_macro2::Span;

use crate::ast::{Expr, Table, Text};
use crate::errors::Errors;

/// PostgreSQL's texts end at a NUL.
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
    for expr in super::expressions::all(table) {
        in_expr(expr, errors);
    }
}

pub(super) fn text(text: &Text, what: &str, errors: &Errors) {
    report(&text.value, text.span, what, errors);
}

fn report(value: &str, span: Span, what: &str, errors: &Errors) {
    if value.contains('\0') {
        errors.push_at(
            span,
            format!("{what} cannot hold a NUL character; remove the `\\0`"),
        );
    }
}

fn in_expr(expr: &Expr, errors: &Errors) {
    match expr {
        Expr::Text(literal) | Expr::Sql(literal) => {
            report(&literal.value(), literal.span(), "a text", errors);
        }
        Expr::Not(operand) | Expr::Minus(operand) | Expr::Cast(operand, _) => {
            in_expr(operand, errors);
        }
        Expr::Binary(_, left, right) => {
            in_expr(left, errors);
            in_expr(right, errors);
        }
        Expr::Method(_, operand, arguments) => {
            in_expr(operand, errors);
            for argument in arguments {
                in_expr(argument, errors);
            }
        }
        Expr::Call(_, arguments) => arguments
            .iter()
            .for_each(|argument| in_expr(argument, errors)),
        _ => {}
    }
}
