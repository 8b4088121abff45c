//! The facts of an inspected database.

use freehold_schema_migrate::inspect::{Inspected, Unsupported, UnsupportedKind};

use super::{Facts, Flaw, InspectedFacts, NotShown};

impl Facts {
    /// The facts of an inspected database: what it has and its schema does not describe.
    pub fn of_database(inspected: &Inspected) -> Self {
        let not_shown = inspected.unsupported.iter();
        let not_shown = not_shown.map(|what| one(inspected, what));
        Self {
            inspected: InspectedFacts {
                not_shown: not_shown.collect(),
                not_read: inspected.other_namespaces.clone(),
            },
            ..Self::default()
        }
    }
}

fn one(inspected: &Inspected, what: &Unsupported) -> NotShown {
    let definition = inspected.definitions.get(what);
    NotShown {
        kind: what.kind.to_string(),
        name: what.name.clone(),
        shown: definition.and_then(|definition| shown(what.kind, definition)),
        definition: definition.cloned(),
        flaw: flaw(what.kind),
    }
}

/// What a person reads of a definition. Other definitions only serve to compare two databases.
fn shown(kind: UnsupportedKind, definition: &str) -> Option<String> {
    match kind {
        UnsupportedKind::Comment
        | UnsupportedKind::Exclusion
        | UnsupportedKind::IndexMethod
        | UnsupportedKind::Period
        | UnsupportedKind::Rule
        | UnsupportedKind::Statistics
        | UnsupportedKind::VirtualColumn => Some(definition.to_owned()),
        // The second line is the state of the trigger.
        UnsupportedKind::ConstraintTrigger
        | UnsupportedKind::TransitionTable
        | UnsupportedKind::TriggerOnView => definition.lines().next().map(str::to_owned),
        _ => None,
    }
}

fn flaw(kind: UnsupportedKind) -> Option<Flaw> {
    Some(match kind {
        UnsupportedKind::InvalidIndex => Flaw::InvalidIndex,
        UnsupportedKind::IndexOption => Flaw::IndexOption,
        UnsupportedKind::NotValidated => Flaw::NotValidated,
        UnsupportedKind::NotEnforced => Flaw::NotEnforced,
        UnsupportedKind::ConstraintOption => Flaw::ConstraintOption,
        UnsupportedKind::DisabledTrigger => Flaw::DisabledTrigger,
        UnsupportedKind::AlwaysTrigger => Flaw::AlwaysTrigger,
        UnsupportedKind::StorageOfColumn => Flaw::StorageOfColumn,
        UnsupportedKind::SequenceOption => Flaw::SequenceOption,
        UnsupportedKind::VirtualColumn => Flaw::VirtualColumn,
        UnsupportedKind::DomainOption => Flaw::DomainOption,
        _ => return None,
    })
}
