//! What is lost when a plan makes its object again.

use crate::inspect::{Unsupported, UnsupportedKind};
use crate::plan::{Hanging, HangsOn};

/// The same for a plan, where it hangs on an object.
pub(super) fn of(what: &Unsupported) -> Option<Hanging> {
    Some(Hanging {
        on: on(what.kind)?,
        name: what.name.clone(),
        title: what.to_string(),
    })
}

/// The kind of object that it hangs on. What PostgreSQL keeps with the rows, and what is an object, hangs on none.
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
