//! The role that owns the objects.

use super::change::Change;
use freehold_schema_core::ir::Schema;

/// The change of the owner, if the new schema declares an owner and the old schema has objects.
pub(super) fn change(old: &Schema, new: &Schema) -> Option<Change> {
    let owner = new.owner()?;
    let is_other = old.owner() != Some(owner);
    (is_other && has_objects(old)).then(|| Change::Owner {
        old: old.owner().map(str::to_owned),
        new: owner.to_owned(),
    })
}

fn has_objects(schema: &Schema) -> bool {
    let Schema {
        schemas,
        enums,
        domains,
        sequences,
        tables,
        views,
        routines,
        ..
    } = schema;
    let has = [
        !schemas.is_empty(),
        !enums.is_empty(),
        !domains.is_empty(),
        !sequences.is_empty(),
        !tables.is_empty(),
        !views.is_empty(),
        !routines.is_empty(),
    ];
    has.contains(&true)
}
