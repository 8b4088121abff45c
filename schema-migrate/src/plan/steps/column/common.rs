//! What the steps of a column have in common.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Phase, Step};
use freehold_schema_core::ir::{Column, QualifiedName, SqlType};

pub(in crate::plan) fn make(context: &Context<'_>, table: &QualifiedName, title: String) -> Step {
    Step::new(Phase::Make, title)
        .place(context.place_of_table(table))
        .lock(table, LockMode::AccessExclusive)
}

/// A step that adds the column.
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
            "`{table}` is written anew while each row is held against the checks of `{domain}`, and everybody waits; a column of the domain's base type with a check of the table is added at once"
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

/// The domain of the type, where it or the one that it narrows has checks. PostgreSQL writes a table anew to add a column of it, also
/// where all rows are null there.
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
