//! The difference between the database and the schema, as findings of two checks.

use freehold_schema_migrate::diff::{Change, Element, ElementKind, Object, TableChange};
use freehold_schema_migrate::drift::{Drift, Standing, Unmodelled};
use freehold_schema_migrate::inspect::UnsupportedKind;

/// A difference: whether it concerns who may see what, its object, its text and what to do.
pub(crate) struct Difference {
    pub(crate) is_access: bool,
    pub(crate) object: String,
    pub(crate) message: String,
    pub(crate) fix: String,
}

const FIX: &str = "read the SQL of `schema diff --from URL --to structs --sql`, and apply it";

pub(crate) fn differences(drift: &Drift) -> Vec<Difference> {
    let changes = drift
        .diff
        .changes
        .iter()
        .filter(|change| !is_extension(change));
    let changes = changes.map(|change| Difference {
        is_access: is_access(change),
        object: object(change),
        message: format!("this change would give the database what the schema declares: {change}"),
        fix: FIX.to_owned(),
    });
    let weakened = drift
        .unmodelled
        .iter()
        .filter(|what| what.standing == Standing::Weakens);
    let weakened = weakened
        .filter(|what| !has_own_check(what.what.kind))
        .map(weakened_guarantee);
    changes.chain(weakened).collect()
}

fn weakened_guarantee(what: &Unmodelled) -> Difference {
    Difference {
        is_access: concerns_access(what.what.kind),
        object: what.what.name.clone(),
        message: format!(
            "the database has what the schema does not declare: {}",
            what.what
        ),
        fix: what.what.cure().unwrap_or_else(|| FIX.to_owned()),
    }
}

/// An undeclared extension. It is often there for the people who operate the database, such as `pg_stat_statements`.
fn is_extension(change: &Change) -> bool {
    matches!(change, Change::Drop(Object::Extension(_)))
}

/// Whether the change concerns rights, roles, owners, policies or row-level security.
fn is_access(change: &Change) -> bool {
    match change {
        Change::Role { .. }
        | Change::Rights { .. }
        | Change::Owner { .. }
        | Change::Create(Object::Role(_))
        | Change::Drop(Object::Role(_)) => true,
        Change::Table { change, .. } => is_access_of_table(change),
        _ => false,
    }
}

fn is_access_of_table(change: &TableChange) -> bool {
    match change {
        TableChange::RowSecurity { .. } => true,
        TableChange::Add(element) | TableChange::Drop(element) => {
            matches!(element, Element::Policy(_))
        }
        TableChange::Rename { kind, .. } => *kind == ElementKind::Policy,
        _ => false,
    }
}

/// The table of a change, else the words of the change.
fn object(change: &Change) -> String {
    match change {
        Change::Table { table, .. } => table.to_string(),
        Change::Role { new, .. } => new.name.clone(),
        Change::RenameTable { to, .. } => to.to_string(),
        other => other.to_string(),
    }
}

/// What a check of its own finds, with its severity and its exceptions.
fn has_own_check(kind: UnsupportedKind) -> bool {
    matches!(
        kind,
        UnsupportedKind::InvalidIndex
            | UnsupportedKind::DisabledTrigger
            | UnsupportedKind::NotValidated
            | UnsupportedKind::NotEnforced
            | UnsupportedKind::Unlogged
    )
}

/// Whether it widens what a role may see or do.
fn concerns_access(kind: UnsupportedKind) -> bool {
    matches!(
        kind,
        UnsupportedKind::AdminOption
            | UnsupportedKind::DefaultPrivilege
            | UnsupportedKind::DefinerRoutine
            | UnsupportedKind::ForcedRowSecurity
            | UnsupportedKind::GrantOption
            | UnsupportedKind::Leakproof
            | UnsupportedKind::MembershipInherit
            | UnsupportedKind::MembershipSet
            | UnsupportedKind::OtherOwner
            | UnsupportedKind::PartitionRowSecurity
            | UnsupportedKind::PowerfulMember
            | UnsupportedKind::Privilege
            | UnsupportedKind::RoleAttribute
            | UnsupportedKind::Rule
            | UnsupportedKind::TriggersOff
    )
}
