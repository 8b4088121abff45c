//! What PostgreSQL drops when a plan recreates the object that it belongs to.

use crate::inspect::{Unsupported, UnsupportedKind};
use crate::plan::{Hanging, HangsOn};

/// The form that a plan reads; `None` if it does not belong to an object.
pub(super) fn of(what: &Unsupported) -> Option<Hanging> {
    Some(Hanging {
        on: on(what.kind)?,
        name: what.name.clone(),
        title: what.to_string(),
    })
}

/// The kind of object that it belongs to. `None` for what PostgreSQL keeps with the rows, and for objects.
fn on(kind: UnsupportedKind) -> Option<HangsOn> {
    match kind {
        UnsupportedKind::AccessMethod
        | UnsupportedKind::Comment
        | UnsupportedKind::PartOfPartition
        | UnsupportedKind::PartitionRowSecurity
        | UnsupportedKind::ReplicaIdentity
        | UnsupportedKind::Rule
        | UnsupportedKind::StorageParameter
        | UnsupportedKind::Tablespace
        | UnsupportedKind::TriggerOnView
        | UnsupportedKind::Unlogged => Some(HangsOn::Relation),
        UnsupportedKind::StorageOfColumn => Some(HangsOn::Column),
        UnsupportedKind::Leakproof
        | UnsupportedKind::RoutineProperty
        | UnsupportedKind::RoutineSetting => Some(HangsOn::Routine),
        UnsupportedKind::DomainOption | UnsupportedKind::TypeRight => Some(HangsOn::Domain),
        _ => None,
    }
}
