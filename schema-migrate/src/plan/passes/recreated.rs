//! Finds the objects that the plan recreates. Their settings that a schema cannot model are lost.

use super::detach;
use crate::diff::{Change, Object};
use crate::plan::changes;
use crate::plan::context::Context;
use crate::plan::hazard::{Hazard, HazardKind};
use freehold_schema_core::ir::QualifiedName;

/// An object that the plan recreates, by its old name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Remade {
    /// A view that is dropped and created, or a table whose partition key changes.
    Relation(QualifiedName),
    /// A column that gets another type or is dropped and added.
    Column(QualifiedName, String),
    /// A routine that is replaced, or dropped and created.
    Routine(QualifiedName),
    /// A domain that is dropped and created.
    Domain(QualifiedName),
}

/// A setting of a database object that a schema cannot model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hanging {
    /// The kind of object that has it.
    pub on: HangsOn,
    /// The name of the object, with the rest of its title: `v security_barrier=true`.
    pub name: String,
    /// The kind and the name for a message: `` storage parameter, or option of a view `v security_barrier=true` ``.
    pub title: String,
}

/// The kind of object that has a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HangsOn {
    /// A table or a view.
    Relation,
    /// A column.
    Column,
    /// A function or a procedure.
    Routine,
    /// A domain.
    Domain,
}

impl Hanging {
    /// The hazard of a plan that recreates the object.
    pub(in crate::plan) fn hazard(&self, remade: &[Remade]) -> Option<Hazard> {
        let object = remade.iter().find(|remade| self.is_on(remade))?;
        let message = format!(
            "{} is lost when {object} is recreated; set it again after the migration",
            self.title
        );
        Some(Hazard::new(HazardKind::GuaranteeLost, message))
    }

    fn is_on(&self, remade: &Remade) -> bool {
        let begins = |name: &QualifiedName, next: &[char]| {
            let rest = self.name.strip_prefix(&name.to_string());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(next))
        };
        match (self.on, remade) {
            (HangsOn::Relation, Remade::Relation(name)) => begins(name, &['.', ' ']),
            (HangsOn::Column, Remade::Relation(table)) => begins(table, &['.']),
            (HangsOn::Column, Remade::Column(table, column)) => {
                self.name == format!("{table}.{column}")
            }
            (HangsOn::Routine, Remade::Routine(name)) => begins(name, &['(']),
            (HangsOn::Domain, Remade::Domain(name)) => begins(name, &[]),
            _ => false,
        }
    }
}

impl std::fmt::Display for Remade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Relation(name) | Self::Routine(name) | Self::Domain(name) => {
                write!(f, "`{name}`")
            }
            Self::Column(table, column) => write!(f, "`{table}.{column}`"),
        }
    }
}

/// The objects that the plan recreates, by their old names.
pub(in crate::plan) fn all(context: &Context<'_>, changes: &[Change]) -> Vec<Remade> {
    let views = detach::remade_views(context, changes);
    let relations = views.iter().chain(context.reused_names()).cloned();
    let relations = relations.map(Remade::Relation);
    let routines = context.remade.iter().cloned().map(Remade::Routine);
    let all = relations.chain(routines);
    let all = all.chain(changes.iter().filter_map(of_change));
    all.map(|remade| before(changes, remade)).collect()
}

fn of_change(change: &Change) -> Option<Remade> {
    match change {
        Change::Replace { old, .. } => match old {
            Object::View(view) => Some(Remade::Relation(view.name.clone())),
            Object::Routine(routine) => Some(Remade::Routine(routine.name.clone())),
            Object::Domain(domain) => Some(Remade::Domain(domain.name.clone())),
            _ => None,
        },
        _ => changes::retyped(change)
            .map(|(table, name)| Remade::Column(table.clone(), name.to_owned())),
    }
}

/// The object with the names that its table and its column had before the renames.
fn before(changes: &[Change], remade: Remade) -> Remade {
    let old_table = |name: QualifiedName| {
        let mut renames = changes.iter().filter_map(|change| match change {
            Change::RenameTable { from, to } if *to == name => Some(from.clone()),
            _ => None,
        });
        renames.next().unwrap_or(name)
    };
    match remade {
        Remade::Relation(name) => Remade::Relation(old_table(name)),
        Remade::Column(table, column) => {
            let column = old_column(changes, &table, &column).unwrap_or(column);
            Remade::Column(old_table(table), column)
        }
        other => other,
    }
}

fn old_column(changes: &[Change], of: &QualifiedName, column: &str) -> Option<String> {
    let mut renamed = changes.iter().filter_map(Change::renamed_column);
    renamed
        .find(|(table, _, to)| *table == of && *to == column)
        .map(|(_, from, _)| from.to_owned())
}
