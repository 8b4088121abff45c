//! An index that is built while other sessions write, and the names that are free for it.

use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use crate::plan::step::{LockMode, Mode, Phase, Step};
use freehold_schema_core::ir::{Index, QualifiedName, Table, View};

pub(in crate::plan) fn title(table: &QualifiedName, index: &Index) -> String {
    format!("create index `{}` on `{table}`", index.name)
}

pub(in crate::plan) fn equal_rows(table: &QualifiedName) -> Hazard {
    Hazard::new(
        HazardKind::ChecksRows,
        format!("the migration fails if two rows of `{table}` are equal; look for such rows first"),
    )
}

/// Builds the index of a table that is not partitioned.
pub(in crate::plan) fn build(context: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let printer = context.printer;
    let step = Step::new(Phase::Indexes, title(table, index))
        .mode(Mode::Alone)
        .up(printer.create_index_concurrently(table, index))
        .down(printer.drop_index_concurrently(table, &index.name))
        .lock(table, LockMode::ShareUpdateExclusive)
        .scan(table);
    if index.unique {
        step.hazard(equal_rows(table))
    } else {
        step
    }
}

/// Whether an object of the new schema has the name, perhaps in another table.
pub(in crate::plan) fn is_name_taken(
    context: &Context<'_>,
    table: &QualifiedName,
    name: &str,
) -> bool {
    let is_beside = |other: &QualifiedName| other.schema == table.schema;
    let tables = context.to.tables.iter();
    let tables = tables.filter(|other| is_beside(&other.name));
    let views = context.to.views.iter();
    let views = views.filter(|other| is_beside(&other.name));
    let mut names = tables
        .flat_map(Table::relation_names)
        .chain(views.flat_map(View::relation_names));
    names.any(|other| other == name)
}
