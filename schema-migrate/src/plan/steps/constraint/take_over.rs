//! A unique index that becomes a key: `ADD CONSTRAINT .. USING INDEX` takes over the existing index, and none is built.

use super::key::{index_of_unique, unique_index};
use crate::diff::Element;
use crate::plan::context::Context;
use crate::plan::step::Step;
use crate::plan::steps::index::build::is_name_taken;
use freehold_schema_core::ir::{Index, QualifiedName, Table};

/// The old unique index that the key takes over.
///
/// The plan drops it, and it has the same columns in the same order under another name.
pub(in crate::plan) fn taken<'a>(
    context: &Context<'a>,
    table: &QualifiedName,
    key: &Element,
) -> Option<&'a Index> {
    let pairs = pairs(context, table);
    let of_key = |(of, _): &(Element, &Index)| of == key;
    pairs.into_iter().find(of_key).map(|(_, index)| index)
}

/// The step that drops an index. If a key takes it over, the way there leaves it, and the way back builds it.
pub(in crate::plan) fn kept(
    context: &Context<'_>,
    table: &QualifiedName,
    index: &Index,
    step: Step,
) -> Step {
    let mut pairs = pairs(context, table).into_iter();
    match pairs.find(|(_, taken)| *taken == index) {
        Some((key, _)) => Step {
            title: format!(
                "{} takes over index `{}` of `{table}`",
                key.title(),
                index.name
            ),
            up: Vec::new(),
            locks: Vec::new(),
            ..step
        },
        None => step,
    }
}

/// Each new key that takes over an index, with that index. One index becomes one key.
fn pairs<'a>(context: &Context<'a>, table: &QualifiedName) -> Vec<(Element, &'a Index)> {
    let (Some(old), Some(new)) = (context.old_table(table), context.new_table(table)) else {
        return Vec::new();
    };
    if context.is_partitioned(table) || context.is_recreated(table) {
        return Vec::new();
    }
    let mut free: Vec<_> = old
        .indexes
        .iter()
        .filter(|index| is_free(context, new, index))
        .collect();
    let mut pairs = Vec::new();
    for (key, shape) in new_keys(old, new) {
        if let Some(at) = free.iter().position(|index| is_like(index, &shape)) {
            pairs.push((key, free.remove(at)));
        }
    }
    pairs
}

/// Whether the plan drops the index, and nothing else needs it or its name.
fn is_free(context: &Context<'_>, new: &Table, index: &Index) -> bool {
    index.unique
        && !new.indexes.iter().any(|own| own.name == index.name)
        && !is_name_taken(context, &new.name, &index.name)
        && !context.is_unsettled(&new.name, index)
}

/// The new keys, each with the index that it needs.
fn new_keys(old: &Table, new: &Table) -> Vec<(Element, Index)> {
    let primary = new
        .primary_key
        .iter()
        .filter(|key| old.primary_key.as_ref() != Some(key));
    let primary = primary.map(|key| {
        let index = unique_index(&key.name, &key.columns);
        (Element::PrimaryKey(key.clone()), index)
    });
    let uniques = new
        .uniques
        .iter()
        .filter(|unique| !old.uniques.contains(unique));
    let uniques = uniques.map(|unique| {
        let index = index_of_unique(unique, &unique.name);
        (Element::Unique(unique.clone()), index)
    });
    primary.chain(uniques).collect()
}

/// Whether the indexes are equal except for the name.
fn is_like(index: &Index, shape: &Index) -> bool {
    let named = Index {
        name: shape.name.clone(),
        ..index.clone()
    };
    named == *shape
}
