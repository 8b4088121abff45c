//! Constraints of a table that exists before and after.

pub(in crate::plan) mod key;
pub(super) mod take_over;
pub(in crate::plan) mod validation;

use super::by_partition;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};

use crate::plan::hazards::label_hazards;
use crate::plan::statement::{Rows, Statement};
use crate::plan::step::{LockMode, Phase, Step};

use crate::diff::Element;
use freehold_schema_core::ir::{Check, ForeignKey, PrimaryKey, QualifiedName, Table, Unique};
use freehold_schema_core::sql::mentions;

/// The phase of a constraint that replaces another one.
///
/// It is added when the old one is dropped: no index is built between them, so the rows are always checked.
const WITH_THE_OLD_ONE: Phase = Phase::Attach;

/// Adds a check for new rows first, which reads no row.
///
/// The existing rows are checked afterwards, while other sessions write.
pub(in crate::plan) fn add_check(
    context: &Context<'_>,
    table: &QualifiedName,
    check: &Check,
) -> Vec<Step> {
    let printer = context.printer;
    let name = &check.name;
    let old = context.old_table(table);
    let replaces = old.is_some_and(|old| old.checks.iter().any(|old| old.name == *name));
    let phase = if replaces {
        WITH_THE_OLD_ONE
    } else {
        Phase::References
    };
    vec![
        Step::new(phase, format!("add check `{name}` to `{table}`"))
            .up(Statement::add_check(table, check, Rows::Later))
            .down(printer.drop_constraint(table, name))
            .lock(table, LockMode::AccessExclusive)
            .hazards(label_hazards::of_check(context, table, check)),
        validation::validate(context, table, name).hazard(Hazard::new(
            HazardKind::ChecksRows,
            format!(
                "the migration fails if a row of `{table}` violates `{name}`; look for such rows first"
            ),
        )),
    ]
}

pub(in crate::plan) fn add_foreign_key(
    context: &Context<'_>,
    table: &QualifiedName,
    key: &ForeignKey,
) -> Vec<Step> {
    let printer = context.printer;
    let name = &key.name;
    let phase = if replaces(context, table, key) {
        WITH_THE_OLD_ONE
    } else {
        Phase::References
    };
    let orphans = Hazard::new(
        HazardKind::ChecksRows,
        format!(
            "the migration fails if a row of `{table}` references no row of `{}`; look for such rows first",
            key.target
        ),
    );
    if context.is_partitioned(table) {
        return by_partition::add_foreign_key(context, table, key, phase, &orphans);
    }
    let add = Step::new(phase, format!("add foreign key `{name}` to `{table}`"))
        .up(printer.add_foreign_key_to(table, key, false))
        .down(printer.drop_constraint(table, name))
        .lock_there(table, LockMode::ShareRowExclusive)
        .lock_there(&key.target, LockMode::ShareRowExclusive)
        .lock_back(table, LockMode::AccessExclusive)
        .lock_back(&key.target, LockMode::AccessExclusive)
        .run_by_migrator();
    let validate = validation::validate(context, table, name).lock(&key.target, LockMode::RowShare);
    vec![add, validate.hazard(orphans)]
}

/// Whether it replaces a foreign key of the same name, and the referenced key stays the same.
fn replaces(context: &Context<'_>, table: &QualifiedName, key: &ForeignKey) -> bool {
    let old = context.old_table(table);
    let is_there = old.is_some_and(|old| old.foreign_keys.iter().any(|old| old.name == key.name));
    let keys = |target: Option<&Table>| target.map(|target| keys_of(target, &key.target_columns));
    let (old, new) = (
        keys(context.old_table(&key.target)),
        keys(context.new_table(&key.target)),
    );
    is_there && old.is_some_and(|old| !old.is_empty() && Some(old) == new)
}

/// The keys over these columns, in any order.
fn keys_of(table: &Table, columns: &[String]) -> Vec<Element> {
    let is_same = |key: &[String]| {
        key.len() == columns.len() && key.iter().all(|column| columns.contains(column))
    };
    let primary = table.primary_key.iter();
    let primary = primary.filter(|key| is_same(&key.columns));
    let uniques = table.uniques.iter();
    let uniques = uniques.filter(|unique| is_same(&unique.columns));
    primary
        .cloned()
        .map(Element::PrimaryKey)
        .chain(uniques.cloned().map(Element::Unique))
        .collect()
}

/// Adds the constraint from an index that is built while other sessions write.
pub(in crate::plan) fn add_unique(
    context: &Context<'_>,
    table: &QualifiedName,
    unique: &Unique,
) -> Vec<Step> {
    let printer = context.printer;
    let title = format!("add unique constraint `{}` to `{table}`", unique.name);
    let duplicates = Hazard::new(
        HazardKind::ChecksRows,
        format!(
            "the migration fails if two rows of `{table}` are equal in ({}); look for such rows first",
            unique.columns.join(", ")
        ),
    );
    let building = key::name_of_building(context, table, &Element::Unique(unique.clone()));
    let step = Step::new(Phase::Keys, title);
    if context.is_partitioned(table) {
        return by_partition::add_key(context, table, unique, &building, step, &duplicates);
    }
    let index = key::index_of_unique(unique, &building);
    let taken = take_over::taken(context, table, &Element::Unique(unique.clone()));
    let name = taken.map_or(&index.name, |taken| &taken.name);
    let use_index = step
        .up(printer.add_unique_by_index(table, unique, name))
        .down(printer.drop_constraint(table, &unique.name))
        .lock(table, LockMode::AccessExclusive);
    let build = taken
        .is_none()
        .then(|| key::build(context, table, &index).hazard(duplicates));
    build.into_iter().chain([use_index]).collect()
}

pub(in crate::plan) fn add_primary_key(
    context: &Context<'_>,
    table: &QualifiedName,
    key: &PrimaryKey,
) -> Vec<Step> {
    let printer = context.printer;
    let title = format!("add primary key `{}` to `{table}`", key.name);
    let hazard = Hazard::new(
        HazardKind::ChecksRows,
        format!(
            "the migration fails if a row of `{table}` has a null in ({0}), or two rows are equal in it; look for such rows first",
            key.columns.join(", ")
        ),
    );
    let was_nullable = |name: &&String| {
        let old = context.old_table(table);
        let mut columns = old.into_iter().flat_map(|table| &table.columns);
        columns.any(|column| column.name == **name && column.nullable)
    };
    // A primary key sets `NOT NULL`, which stays when the key is dropped.
    let nullable = key.columns.iter().filter(was_nullable);
    let allow_null = nullable.map(|name| printer.alter_column(table, name, "DROP NOT NULL"));
    let building = key::name_of_building(context, table, &Element::PrimaryKey(key.clone()));
    let step = Step::new(Phase::Keys, title);
    if context.is_partitioned(table) {
        return by_partition::add_key(context, table, key, &building, step, &hazard);
    }
    let index = key::unique_index(&building, &key.columns);
    let taken = take_over::taken(context, table, &Element::PrimaryKey(key.clone()));
    let name = taken.map_or(&index.name, |taken| &taken.name);
    let use_index = step
        .up(printer.add_primary_key_by_index(table, key, name))
        .down(printer.drop_constraint(table, &key.name))
        .all_down(allow_null)
        .lock(table, LockMode::AccessExclusive);
    if taken.is_some() {
        // Under the index, rows can be equal only if their columns are null.
        let may_be_null = key.columns.iter().any(|name| was_nullable(&name));
        return vec![use_index.hazards(may_be_null.then_some(hazard))];
    }
    vec![key::build(context, table, &index).hazard(hazard), use_index]
}

/// Drops a constraint. The way back adds it as it was and checks the rows under the lock.
pub(in crate::plan) fn drop(
    context: &Context<'_>,
    table: &QualifiedName,
    element: &Element,
) -> Step {
    let printer = context.printer;
    let back = match element {
        Element::PrimaryKey(key) => printer.add_primary_key(table, key).into(),
        Element::Unique(unique) => printer.add_unique(table, unique).into(),
        Element::Check(check) => Statement::add_check(table, check, Rows::Read),
        Element::ForeignKey(key) => printer.add_foreign_key_to(table, key, true).into(),
        _ => String::new().into(),
    };
    let step = Step::new(
        Phase::Detach,
        format!("drop {} of `{table}`", element.title()),
    )
    .place(place_of_dropping(element))
    .up(printer.drop_constraint(table, element.name()))
    .down(back)
    .lock_there(table, LockMode::AccessExclusive);
    let step = if key::stays_until_the_next(context, table, element) {
        key::with_the_next(step, -1)
    } else {
        step
    };
    match element {
        Element::ForeignKey(key) => {
            let step = step
                .lock_there(&key.target, LockMode::AccessExclusive)
                .lock_back(table, LockMode::ShareRowExclusive)
                .lock_back(&key.target, LockMode::ShareRowExclusive);
            guarantee_lost(context, table, element, step).run_by_migrator()
        }
        Element::PrimaryKey(_) => step.lock_back(table, LockMode::AccessExclusive).hazard(Hazard::new(
            HazardKind::BreaksRunningCode,
            format!("all code that finds rows of `{table}` by its key must change with it; create a new table, copy the rows, and switch in a later release"),
        )),
        _ => {
            let step = step.lock_back(table, LockMode::AccessExclusive);
            guarantee_lost(context, table, element, step)
        }
    }
}

/// Foreign keys are dropped before the keys that they need.
fn place_of_dropping(element: &Element) -> i64 {
    match element {
        Element::ForeignKey(_) => 1,
        _ => 2,
    }
}

/// Adds the hazard, unless another constraint of the name replaces it.
fn guarantee_lost(
    context: &Context<'_>,
    table: &QualifiedName,
    element: &Element,
    step: Step,
) -> Step {
    let new = context.new_table(table);
    if new.is_some_and(|new| has_constraint(new, element)) || is_leaving(context, table, element) {
        return step;
    }
    step.hazard(Hazard::new(
        HazardKind::GuaranteeLost,
        format!(
            "after the migration, rows of `{table}` may violate the {}; make sure that no code relies on it",
            element.title()
        ),
    ))
}

/// Whether it is over a table or column that one of the two releases does not know.
fn is_leaving(context: &Context<'_>, table: &QualifiedName, element: &Element) -> bool {
    let leaves = |name: &String| context.is_leaving(table, name);
    context.is_leaving_table(table)
        || match element {
            Element::Unique(unique) => unique.columns.iter().any(leaves),
            Element::ForeignKey(key) => key.columns.iter().any(leaves),
            Element::Check(check) => {
                let condition = context.printer.expr(&check.condition);
                let columns = context.old_table(table).into_iter();
                let mut columns = columns.flat_map(|table| &table.columns);
                columns.any(|column| leaves(&column.name) && mentions(&condition, &column.name))
            }
            _ => false,
        }
}

/// Whether the table has a constraint of the same kind and name.
fn has_constraint(table: &Table, element: &Element) -> bool {
    let name = element.name();
    match element {
        Element::Unique(_) => table.uniques.iter().any(|new| new.name == name),
        Element::Check(_) => table.checks.iter().any(|new| new.name == name),
        Element::ForeignKey(_) => table.foreign_keys.iter().any(|new| new.name == name),
        _ => false,
    }
}
