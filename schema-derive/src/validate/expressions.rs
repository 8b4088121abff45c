//! Expressions: the columns that they name, and the content of defaults.

use proc_macro2::Span;
use syn::Ident;

use crate::ast::{Expr, Policy, SqlTypeArguments, Table, unraw};
use crate::errors::Errors;
use crate::keys::{CHANGING, Method};
use crate::suggest::did_you_mean;

/// Every expression over the columns of the table.
pub(super) fn all(table: &Table) -> impl Iterator<Item = &Expr> {
    let checks = table.checks.iter().map(|check| &check.condition);
    let indexes = table.indexes.iter().flat_map(|index| {
        let parts = index.parts.iter().map(|part| &part.value);
        parts.chain(&index.filter)
    });
    let values = table
        .columns
        .iter()
        .flat_map(|column| column.default.iter().chain(&column.generated));
    let policies = table.policies.iter().flat_map(Policy::conditions);
    checks
        .chain(indexes)
        .chain(values.chain(policies).map(|value| &value.expr))
}

pub(super) fn unknown_columns(table: &Table, errors: &Errors) {
    let defaults: Vec<_> = table
        .columns
        .iter()
        .filter_map(|column| column.default.as_ref())
        .collect();
    let is_default = |expr: &Expr| {
        defaults
            .iter()
            .any(|default| std::ptr::eq(&raw const default.expr, expr))
    };
    for column in all(table)
        .filter(|expr| !is_default(expr))
        .flat_map(Expr::columns)
    {
        known_column(table, column, errors);
    }
}

/// Reports `title::text`, a cast in SQL that parses as an enum value here.
pub(super) fn casts(table: &Table, errors: &Errors) {
    for path in all(table).flat_map(Expr::variants) {
        let (Some(first), Some(last)) = (path.segments.first(), path.segments.last()) else {
            continue;
        };
        if path.segments.len() == 2 && table.column(&first.ident).is_some() {
            let message = format!("write a cast as `{} as {}`", first.ident, last.ident);
            errors.push_on(path, message);
        }
    }
}

/// Reports a column that the table does not have.
pub(super) fn known_column(table: &Table, ident: &Ident, errors: &Errors) {
    if table.column(ident).is_some() {
        return;
    }
    let word = unraw(ident);
    let names = table
        .columns
        .iter()
        .map(|column| column.name.value.as_str());
    let suggestion = did_you_mean(&word, names);
    errors.push_at(
        ident.span(),
        format!("`{}` has no column `{word}`{suggestion}", table.name.value),
    );
}

/// Reports a check or an index without a column, which does not depend on the row.
pub(super) fn without_column(table: &Table, errors: &Errors) {
    let checks = table
        .checks
        .iter()
        .map(|check| (&check.condition, "a check"));
    let parts = table.indexes.iter().flat_map(|index| &index.parts);
    let parts = parts.map(|part| (&part.value, "an index"));
    let filters = table
        .indexes
        .iter()
        .filter_map(|index| index.filter.as_ref());
    let filters = filters.map(|filter| (filter, "`where`"));
    for (expr, what) in checks.chain(parts).chain(filters) {
        let is_cast = expr.variants().iter().any(|path| path.segments.len() == 2);
        if !expr.columns().is_empty() || !expr.rows().is_empty() || is_cast {
            continue;
        }
        match expr {
            Expr::Sql(_) => {}
            Expr::Text(text) => {
                let message =
                    format!("{what} needs a column here; write the field's name without quotes");
                errors.push_at(text.span(), message);
            }
            other => errors.push_at(
                other.span(),
                format!("{what} needs a column here; write a field's name in it"),
            ),
        }
    }
}

/// A default is computed before the row exists, so it cannot use a column.
///
/// An unknown word is most often meant as a text, and the message shows how to write one.
pub(super) fn defaults(table: &Table, errors: &Errors) {
    for default in table
        .columns
        .iter()
        .filter_map(|column| column.default.as_ref())
    {
        for ident in default.expr.columns() {
            if table.column(ident).is_none() {
                unknown_default(ident, errors);
                continue;
            }
            let message = format!(
                "a default cannot use the column `{ident}`; for a value made of other columns write `generated = ..`"
            );
            errors.push_at(ident.span(), message);
        }
    }
}

/// Reports a word that is not a default.
pub(super) fn unknown_default(ident: &Ident, errors: &Errors) {
    let message = format!(
        "unknown default `{ident}`; write a text in quotes (`\"{ident}\"`), a value of an enum (`Status::Todo`), a number, or a function call (`now()`)"
    );
    errors.push_at(ident.span(), message);
}

/// An index and a generated column are computed once, so they cannot contain expressions whose value changes later.
pub(super) fn changing(table: &Table, errors: &Errors) {
    let parts = table.indexes.iter().flat_map(|index| {
        let parts = index.parts.iter().map(|part| &part.value);
        parts.chain(&index.filter)
    });
    let generated = table
        .columns
        .iter()
        .filter_map(|column| column.generated.as_ref());
    for expr in parts.chain(generated.map(|generated| &generated.expr)) {
        expr.visit(&mut |expr| {
            if let Some((word, span)) = changing_word(expr) {
                let advice = if word.starts_with("concat") { "join texts with `a.concat(b)`" } else { "use it only in a check or a default" };
                errors.push_at(span, format!("`{word}` is not immutable, but PostgreSQL requires immutable expressions in an index and in a generated column; {advice}"));
            }
        });
    }
}

fn changing_word(expr: &Expr) -> Option<(String, Span)> {
    match expr {
        Expr::Keyword(ident) => Some((unraw(ident), ident.span())),
        Expr::Call(ident, _) if CHANGING.contains(&unraw(ident).as_str()) => {
            Some((unraw(ident), ident.span()))
        }
        // A search reads the language from the settings of the session.
        Expr::Method(Method::Search, ..) => Some(("search".to_owned(), expr.span())),
        _ => None,
    }
}

pub(super) fn generated_from_itself(table: &Table, errors: &Errors) {
    for column in &table.columns {
        let used = column
            .generated
            .iter()
            .flat_map(|generated| generated.expr.columns());
        for ident in used {
            let target = table.column(ident);
            if target.is_some_and(|target| target.name.value == column.name.value) {
                errors.push_at(
                    ident.span(),
                    format!("`{ident}` is generated and cannot use itself"),
                );
            } else if target.is_some_and(|target| target.generated.is_some()) {
                errors.push_at(
                    ident.span(),
                    format!(
                        "`{ident}` is generated too; a generated column can only use plain ones"
                    ),
                );
            }
        }
    }
}

/// A text default must fit in its `varchar` or `char`.
pub(super) fn default_lengths(table: &Table, errors: &Errors) {
    for column in &table.columns {
        let (Some(default), Some(sql_type)) = (&column.default, &column.sql_type) else {
            continue;
        };
        let (Expr::Text(text), SqlTypeArguments::Length(length)) =
            (&default.expr, &sql_type.arguments)
        else {
            continue;
        };
        let characters = text.value().chars().count();
        if u32::try_from(characters).is_ok_and(|characters| characters > *length) {
            let message = format!(
                "the default has {characters} characters, `{}({length})` holds {length}",
                sql_type.word.word
            );
            errors.push_at(text.span(), message);
        }
    }
}
