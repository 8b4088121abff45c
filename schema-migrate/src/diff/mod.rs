//! Compares two owned schemas and returns the differences as a closed set of changes.
//!
//! It asks no database. Usually one side comes from the structs and the other from a snapshot; an inspected database
//! works too.
//!
//! First, the renames that the new side declares are applied to the old side, as PostgreSQL applies them. What is left
//! differs in more than names. Then both sides are brought to their normal form, in which expressions and objects that
//! mean the same are equal.

mod change;
mod display;
mod elements;
mod objects;
mod owner;
mod relabel;
mod rename;
mod rename_order;
mod rights;
mod side;
mod stale;
mod table;
mod views;

pub use change::{Change, Commented, Element, ElementKind, Object, TableChange};
pub use stale::StaleRename;

pub(crate) use self::relabel::{LabelRenames, of_enum as renamed_labels, relabelled};
#[cfg(feature = "postgres")]
pub(crate) use self::rename::adopt_followed;
pub(crate) use self::rename_order::in_order;

use self::side::Side;
use freehold_schema_core::ir::Schema;

/// The differences between two schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Diff {
    /// The changes, by kind of object and in the order of the new schema. The plan orders its steps on its own.
    pub changes: Vec<Change>,
    /// The old schema after its tables, columns and labels are renamed; the other changes start from it.
    pub renamed: Schema,
    /// The `renamed_from` attributes that have no effect any more.
    pub stale: Vec<StaleRename>,
}

impl Diff {
    /// Compares `old` with `new`.
    pub fn between(old: &Schema, new: &Schema) -> Self {
        let rename::Renamed {
            mut schema,
            mut changes,
            stale,
        } = rename::apply(old, new);
        let (mut from, to) = (Side::of(&schema), Side::of(new));
        changes.extend(owner::change(old, new));
        changes.extend(objects::changes(old, &from, &to));
        changes.extend(views::changes(&from, &to));
        let partitions = rights::renamed_partitions(&changes);
        rights::follow(&mut from.normal.grants, &partitions);
        changes.extend(rights::changes(&from, &to));
        rights::follow(&mut schema.grants, &partitions);
        Self {
            changes,
            renamed: schema,
            stale,
        }
    }

    /// Whether the schemas are equal.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The grants of a schema in normal form: one grant for each object and role.
pub(crate) fn grants(schema: &Schema) -> Vec<freehold_schema_core::ir::Grant> {
    freehold_schema_core::normal::schema(schema).grants
}
