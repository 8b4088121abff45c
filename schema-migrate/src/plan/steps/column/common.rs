//! Shared parts of the steps of a column.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, QualifiedName, SqlType};

pub(in crate::plan) fn make(context: &Context<'_>, table: &QualifiedName, title: String) -> Step {
    Step::new(Phase::Make, title)
        .place(context.place_of_table(table))
        .lock(table, LockMode::AccessExclusive)
}

/// A step that adds the column, without its statements.
pub(in crate::plan) fn adding(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
    title: String,
) -> Step {
    let step = make(context, table, title);
    let Some(domain) = checked(context, &column.sql_type) else {
        return step;
    };
    step.rewrite(table).hazard(Hazard::new(
        HazardKind::TableRewrite,
        format!(
            "`{table}` is rewritten to check each row against `{domain}` while reads and writes wait; a column of the domain's base type with a check of the table needs no rewrite"
        ),
    ))
}

pub(in crate::plan) fn comment(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &Column,
) -> Option<String> {
    context.printer.column_comment(table, column)
}

/// The type's domain, if it or a domain that it is based on has checks.
///
/// PostgreSQL rewrites a table to add a column of such a domain, even if the column is null in all rows.
pub(in crate::plan) fn checked<'a>(
    context: &Context<'a>,
    sql_type: &'a SqlType,
) -> Option<&'a QualifiedName> {
    let SqlType::Domain(name) = sql_type else {
        return None;
    };
    let domain = context.domain(name)?;
    let is_checked = !domain.checks.is_empty() || checked(context, &domain.base).is_some();
    is_checked.then_some(name)
}
