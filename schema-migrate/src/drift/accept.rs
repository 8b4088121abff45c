//! Objects that a database has and its schema does not declare, and the names that accept them.

use crate::diff::{Change, Element, Object, TableChange};
use freehold_schema_core::ir::{Grant, GrantObject, QualifiedName};

/// An object that the database has and the schema does not declare.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Undeclared {
    /// Kind and name: `` table `raw` ``.
    pub title: String,
    /// The names that accept it: `raw`, `tasks.idx_by_hand`.
    names: Vec<String>,
}

impl Undeclared {
    /// The object that the change would drop; `None` if the change is not a drop.
    pub(super) fn of(change: &Change) -> Option<Self> {
        match change {
            Change::Drop(object) => Some(Self {
                title: object.title(),
                names: vec![object_name(object)],
            }),
            Change::Table {
                table,
                change: TableChange::Drop(element),
            } => Some(Self::part(table, element)),
            Change::Rights {
                old: Some(grant),
                new: None,
            } => Self::rights(grant),
            _ => None,
        }
    }

    fn part(table: &QualifiedName, element: &Element) -> Self {
        Self {
            title: format!("{} of `{table}`", element.title()),
            names: vec![format!("{table}.{}", element.name())],
        }
    }

    fn rights(grant: &Grant) -> Option<Self> {
        let names: Vec<_> = match &grant.on {
            GrantObject::Relations(names) | GrantObject::Sequences(names) => {
                names.iter().map(ToString::to_string).collect()
            }
            GrantObject::Routines(routines) => {
                let names = routines.iter().map(|routine| routine.name.to_string());
                names.collect()
            }
            _ => return None,
        };
        Some(Self {
            title: format!("rights of `{}` on `{}`", grant.to, names.join("`, `")),
            names,
        })
    }

    /// Whether each of its names is accepted.
    pub(super) fn is_accepted(&self, accepted: &[String]) -> bool {
        self.names.iter().all(|name| accepted.contains(name))
    }

    /// Whether `name` is one of its names, or the name of a part of it.
    pub(super) fn has(&self, name: &str) -> bool {
        let part_of = |own: &String| {
            let rest = name.strip_prefix(own.as_str());
            // A part that is not modelled is named `raw.part`, `raw of owner` or `raw fillfactor=70`.
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ' ']))
        };
        self.names.iter().any(part_of)
    }
}

fn object_name(object: &Object) -> String {
    match object {
        Object::Role(role) => role.name.clone(),
        Object::Namespace(name) => name.clone(),
        Object::Extension(extension) => extension.name.clone(),
        Object::Enum(of) => of.name.to_string(),
        Object::Domain(domain) => domain.name.to_string(),
        Object::Sequence(sequence) => sequence.name.to_string(),
        Object::Routine(routine) => routine.name.to_string(),
        Object::Table(table) => table.name.to_string(),
        Object::View(view) => view.name.to_string(),
    }
}
