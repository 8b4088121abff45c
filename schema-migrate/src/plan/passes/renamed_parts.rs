//! Replaces some renames of a table's parts by a drop and an add.
//!
//! These parts must be dropped anyway, because something that they depend on changes.

use crate::diff::{Change, Element, ElementKind, TableChange};
use crate::plan::context::Context;
use crate::plan::dependents::{ColumnName, Dependents};
use freehold_schema_core::ir::{QualifiedName, Table};

/// The changes with these renames replaced; `None` if there are none.
pub(in crate::plan) fn settled(context: &Context<'_>, changes: &[Change]) -> Option<Vec<Change>> {
    if !changes.iter().any(is_rename) {
        return None;
    }
    let going = Going::of(context, changes);
    let instead: Vec<_> = changes
        .iter()
        .map(|change| going.instead(context, change))
        .collect();
    if instead.iter().all(Option::is_none) {
        return None;
    }
    let all = changes.iter().zip(instead);
    Some(
        all.flat_map(|(change, instead)| instead.unwrap_or_else(|| vec![change.clone()]))
            .collect(),
    )
}

fn is_rename(change: &Change) -> bool {
    let Change::Table { change, .. } = change else {
        return false;
    };
    matches!(change, TableChange::Rename { .. })
}

/// The parts that cannot stay, by table and name.
struct Going(Vec<(QualifiedName, ElementKind, String)>);

impl Going {
    fn of(context: &Context<'_>, changes: &[Change]) -> Self {
        let columns: Vec<ColumnName> = context.unsettled_columns().cloned().collect();
        let found = Dependents::of(context.from, context.printer, &columns);
        let mut going = Self(Vec::new());
        going.add(ElementKind::Index, found.all_indexes(), |part| &part.name);
        going.add(ElementKind::Constraint, found.uniques(), |part| &part.name);
        going.add(ElementKind::Constraint, found.checks(), |part| &part.name);
        going.add(ElementKind::Constraint, found.foreign_keys(), |part| {
            &part.name
        });
        going.add(ElementKind::Policy, found.policies(), |part| &part.name);
        going.add(ElementKind::Trigger, found.triggers(), |part| &part.name);
        for table in &context.from.tables {
            let keys = table.foreign_keys.iter();
            let keys = keys.filter(|key| loses_a_key(changes, &key.target));
            let keys = keys.map(|key| (table, key)).collect();
            going.add(ElementKind::Constraint, keys, |part| &part.name);
        }
        going
    }

    fn add<T>(
        &mut self,
        kind: ElementKind,
        parts: Vec<(&Table, &T)>,
        name: impl Fn(&T) -> &String,
    ) {
        let parts = parts.into_iter();
        self.0
            .extend(parts.map(|(table, part)| (table.name.clone(), kind, name(part).clone())));
    }

    fn instead(&self, context: &Context<'_>, change: &Change) -> Option<Vec<Change>> {
        let Change::Table {
            table,
            change: TableChange::Rename { kind, from, to },
        } = change
        else {
            return None;
        };
        if !self.0.contains(&(table.clone(), *kind, from.clone())) {
            return None;
        }
        let in_table = |change| Change::Table {
            table: table.clone(),
            change,
        };
        let old = element(context.old_table(table)?, *kind, from)?;
        let new = element(context.new_table(table)?, *kind, to)?;
        Some(vec![
            in_table(TableChange::Drop(old)),
            in_table(TableChange::Add(new)),
        ])
    }
}

/// Whether a key of the table is dropped. A foreign key may need it.
fn loses_a_key(changes: &[Change], target: &QualifiedName) -> bool {
    changes.iter().any(|change| match change {
        Change::Table { table, change } => {
            let goes = matches!(
                change,
                TableChange::Drop(Element::PrimaryKey(_) | Element::Unique(_))
                    | TableChange::PartitionBy { .. }
            );
            goes && table == target
        }
        _ => false,
    })
}

fn element(table: &Table, kind: ElementKind, name: &str) -> Option<Element> {
    let uniques = table.uniques.iter().cloned().map(Element::Unique);
    let checks = table.checks.iter().cloned().map(Element::Check);
    let keys = table.foreign_keys.iter().cloned().map(Element::ForeignKey);
    let indexes = table.indexes.iter().cloned().map(Element::Index);
    let triggers = table.triggers.iter().cloned().map(Element::Trigger);
    let policies = table.policies.iter().cloned().map(Element::Policy);
    let mut all = uniques
        .chain(checks)
        .chain(keys)
        .chain(indexes)
        .chain(triggers)
        .chain(policies);
    all.find(|element| element.kind() == kind && element.name() == name)
}
