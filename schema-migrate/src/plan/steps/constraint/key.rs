//! Primary keys and unique constraints: their indexes, and the steps that wait for them.

use crate::diff::Element;
use crate::plan::context::Context;
use crate::plan::step::{LockMode, Mode, Phase, Step};
use freehold_schema_core::ir::{Expr, Index, IndexPart, QualifiedName, Table, Unique};
use freehold_schema_core::model::{IndexMethod, SortOrder};

pub(in crate::plan) fn index_of_unique(unique: &Unique, name: &str) -> Index {
    Index {
        include: unique.include.clone(),
        nulls_not_distinct: unique.nulls_not_distinct,
        ..unique_index(name, &unique.columns)
    }
}

pub(in crate::plan) fn unique_index(name: &str, columns: &[String]) -> Index {
    let part = |column: &String| IndexPart {
        value: Expr::Column(column.clone()),
        order: SortOrder::Ascending,
        nulls: None,
        collation: None,
        operator_class: None,
    };
    Index {
        name: name.to_owned(),
        parts: columns.iter().map(part).collect(),
        unique: true,
        nulls_not_distinct: false,
        method: IndexMethod::BTree,
        include: Vec::new(),
        filter: None,
    }
}

/// Builds an index while other sessions write. Its way back is used if no constraint was added from it.
pub(in crate::plan) fn build(context: &Context<'_>, table: &QualifiedName, index: &Index) -> Step {
    let printer = context.printer;
    Step::new(
        Phase::Indexes,
        format!("build unique index `{}` on `{table}`", index.name),
    )
    .mode(Mode::Alone)
    .up(printer.create_index_concurrently(table, index))
    .down(printer.drop_index_concurrently(table, &index.name))
    .lock(table, LockMode::ShareUpdateExclusive)
    .scan(table)
}

/// The name of the index that a key is added from. The index then gets the name of the key.
pub(in crate::plan) fn name_of_building(
    context: &Context<'_>,
    table: &QualifiedName,
    element: &Element,
) -> String {
    if stays_until_the_next(context, table, element) {
        freehold_schema_core::ir::cut(&format!("{}_next", element.name()))
    } else {
        element.name().to_owned()
    }
}

/// Whether the column is in a new primary key.
pub(in crate::plan) fn waits_for(
    context: &Context<'_>,
    table: &QualifiedName,
    column: &str,
) -> bool {
    let key = |table: Option<&Table>| table.and_then(|table| table.primary_key.clone());
    let (old, new) = (key(context.old_table(table)), key(context.new_table(table)));
    old != new && new.is_some_and(|key| key.columns.iter().any(|name| name == column))
}

/// Whether the old key with this name stays until the index of the new one is built.
///
/// The rows then always have a key.
pub(in crate::plan) fn stays_until_the_next(
    context: &Context<'_>,
    table: &QualifiedName,
    element: &Element,
) -> bool {
    let (Some(old), Some(new)) = (context.old_table(table), context.new_table(table)) else {
        return false;
    };
    if old.partition_by.is_some() != new.partition_by.is_some() {
        return false;
    }
    let name = element.name();
    let columns = match element {
        Element::PrimaryKey(_) => {
            let is_same = |table: &Table| {
                let key = table.primary_key.as_ref();
                key.is_some_and(|key| key.name == name)
            };
            let both = is_same(old) && is_same(new);
            let key = old.primary_key.as_ref().filter(|_| both);
            key.map(|key| &key.columns)
        }
        Element::Unique(_) => {
            let is_new = new.uniques.iter().any(|unique| unique.name == name);
            let unique = old.uniques.iter().find(|unique| unique.name == name);
            unique.filter(|_| is_new).map(|unique| &unique.columns)
        }
        _ => None,
    };
    columns.is_some_and(|columns| !context.is_unsettled(table, &unique_index(name, columns)))
}

/// Moves the step to the transaction in which the next key is added.
pub(in crate::plan) fn with_the_next(step: Step, place: i64) -> Step {
    Step {
        phase: Phase::Keys,
        ..step.place(place)
    }
}

/// A number larger than any place of a key.
const BESIDE_THE_KEYS: i64 = 1000;

pub(in crate::plan) fn before_the_keys(step: Step) -> Step {
    let place = step.place - BESIDE_THE_KEYS;
    with_the_next(step, place)
}

pub(in crate::plan) fn after_the_keys(step: Step) -> Step {
    let place = step.place + BESIDE_THE_KEYS;
    with_the_next(step, place)
}
