//! Columns that get another type.

use super::common::make;
use crate::plan::cast::{self, Cast, How, Values};
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::Step;
use crate::plan::steps::sequence::{self, counted_from, uncount};
use freehold_schema_core::ir::{Column, Domain, QualifiedName, SqlType};
use freehold_schema_core::model::ScalarType;

/// Changes the type. The default is removed first, because it may not fit the new type, and set again.
pub(in crate::plan) fn change(
    context: &Context<'_>,
    table: &QualifiedName,
    old: &Column,
    new: &Column,
) -> Vec<Step> {
    let there = cast::cast(&old.sql_type, &new.sql_type);
    let back = cast::cast(&new.sql_type, &old.sql_type);
    let name = &new.name;
    let title = format!("change the type of `{table}.{name}`");
    let retype = |from: &Column, to: &Column, cast: Cast| {
        let analyze = cast
            .rewrites
            .then(|| context.printer.analyze(table, &[to.name.as_str()]));
        let statements = retype(context, table, from, to, cast.how);
        statements.into_iter().chain(analyze)
    };
    let step = make(context, table, title)
        .all_up(retype(old, new, there))
        .all_down(retype(new, old, back));
    let step = if there.rewrites {
        step.rewrite(table).hazard(Hazard::new(
            HazardKind::TableRewrite,
            format!(
                "`{table}` is rewritten for the new type of `{name}` while reads and writes wait; add a second column, copy in batches, and switch in a later release"
            ),
        ))
    } else {
        step.hazard(without_statistics(table, new))
    };
    let step = step.hazards(unfit(table, new, there.values));
    let step = on_the_way_back(step, table, name, (there.values, back.values));
    sequence::goes_on(context, table, (old, new), step)
}

/// PostgreSQL drops the statistics of a column that gets another type.
///
/// `ANALYZE` reads rows, so it must not run under the lock of a short change.
fn without_statistics(table: &QualifiedName, column: &Column) -> Hazard {
    Hazard::new(
        HazardKind::SlowsQueries,
        format!(
            "PostgreSQL drops its statistics of `{table}.{0}`, and may plan queries badly; run `ANALYZE {table} ({0})` after the migration",
            column.name
        ),
    )
}

/// The hazard of values that do not fit.
fn unfit(table: &QualifiedName, new: &Column, values: Values) -> Option<Hazard> {
    let name = &new.name;
    let spaces = match new.sql_type.element() {
        SqlType::Scalar(ScalarType::Varchar(_)) => ", not counting trailing spaces",
        _ => "",
    };
    match values {
        Values::Kept => None,
        Values::Refused => Some(Hazard::new(
            HazardKind::ChecksRows,
            format!(
                "the migration fails if a value of `{table}.{name}` does not fit the new type{spaces}; look for such values first"
            ),
        )),
        Values::Changed => Some(Hazard::new(
            HazardKind::DataLoss,
            format!(
                "the new type may truncate, round or reject values of `{table}.{name}`; check them first"
            ),
        )),
    }
}

fn on_the_way_back(
    step: Step,
    table: &QualifiedName,
    name: &str,
    (there, back): (Values, Values),
) -> Step {
    let lost = |which| format!("values that {which} of `{table}.{name}` cannot hold");
    let step = match (there, back) {
        (Values::Changed, Values::Changed) => step.lost(lost("one of the two types")),
        (Values::Changed, _) => step.lost(lost("the new type")),
        (_, Values::Changed) => step.lost(lost("the old type")),
        _ => step,
    };
    if back == Values::Refused {
        step.fails_back(format!(
            "a value of `{table}.{name}` does not fit the old type"
        ))
    } else {
        step
    }
}

/// The statements. The default and the sequence are removed first, because they may not fit the new type.
fn retype(
    context: &Context<'_>,
    table: &QualifiedName,
    from: &Column,
    to: &Column,
    how: How,
) -> Vec<String> {
    let printer = context.printer;
    let name = printer.identifier(&to.name);
    let using = match how {
        How::Implicit => String::new(),
        How::Explicit => format!("{name}::{}", unbounded(context, &to.sql_type)),
        How::ByText => format!("{name}::text::{}", unbounded(context, &to.sql_type)),
    };
    let mut statements = uncount(context, table, from);
    let has_default = from.default.is_some();
    statements.extend(has_default.then(|| printer.alter_column(table, &to.name, "DROP DEFAULT")));
    statements.push(printer.change_type(table, to, &using));
    statements.extend(counted_from(context, table, from, to));
    statements.extend(to.default.is_some().then(|| printer.set_default(table, to)));
    statements
}

/// The type without length and digits, for the cast.
///
/// A cast to a type with a length silently cuts longer values. Without it, PostgreSQL then converts the value to the
/// full type on assignment, and refuses one that does not fit.
fn unbounded(context: &Context<'_>, sql_type: &SqlType) -> String {
    match sql_type {
        SqlType::Scalar(ScalarType::Char(_)) => "bpchar".to_owned(),
        SqlType::Scalar(scalar) => scalar.word().to_owned(),
        SqlType::Array(element) => format!("{}[]", unbounded(context, element)),
        SqlType::Domain(name) => match context.domain(name) {
            Some(domain) => unbounded(context, &domain.base),
            None => context.printer.dialect.type_name(sql_type).into_owned(),
        },
        SqlType::Enum(_) | SqlType::Sql(_) => {
            context.printer.dialect.type_name(sql_type).into_owned()
        }
    }
}

/// `name::text::numeric`, for a column whose type is recreated under its name. `made` is the new type.
pub(in crate::plan) fn by_text_to(context: &Context<'_>, column: &Column, made: &Domain) -> String {
    let base = unbounded(context, &made.base);
    let dimensions = match column.sql_type {
        SqlType::Array(_) => "[]",
        _ => "",
    };
    let name = context.printer.identifier(&column.name);
    format!("{name}::text{dimensions}::{base}{dimensions}")
}
