//! Two owned schemas → what is different, as a closed set of changes. No database is asked: one side is most often the structs, the other
//! a snapshot; an inspected database does as well.
//!
//! First the renames that the new side declares are taken over to the old one, as PostgreSQL would take them over: what is left differs
//! in more than its names. Then both sides are brought to their normal form, in which what means the same is equal.

mod change;
mod display;
mod elements;
mod moves;
mod objects;
mod owner;
mod relabel;
mod rename;
mod rights;
mod side;
mod stale;
mod table;
mod views;

pub use change::{Change, Commented, Element, ElementKind, Object, TableChange};
pub use stale::StaleRename;

pub(crate) use self::moves::in_order;
pub(crate) use self::relabel::{LabelRenames, of_enum as renamed_labels, relabelled};
#[cfg(feature = "postgres")]
pub(crate) use self::rename::adopt_followed;

use self::side::Side;
use freehold_schema_core::ir::Schema;

/// What has to happen to one schema to make it another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diff {
    /// The differences, by kind of object and in the order of the new schema. (In which order they are made is the plan's matter.)
    pub changes: Vec<Change>,
    /// The old schema after its tables, columns and labels were renamed: what the other changes begin with.
    pub renamed: Schema,
    /// The `renamed_from` that say nothing any more.
    pub stale: Vec<StaleRename>,
}

impl Diff {
    /// The differences from `old` to `new`.
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

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// The rights of a schema, one grant for each object and role.
pub(crate) fn grants(schema: &Schema) -> Vec<freehold_schema_core::ir::Grant> {
    freehold_schema_core::normal::schema(schema).grants
}
