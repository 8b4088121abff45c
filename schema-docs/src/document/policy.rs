use freehold_schema_core::ir::{Expr, Policy, RowOwner, Table};
use freehold_schema_core::model::PolicyCommand;

use super::sentence::Sentence;
use crate::sql;

/// A row-level security policy.
#[derive(Clone, Debug)]
pub struct PolicyDoc {
    /// The name.
    pub name: String,
    /// What it does, in words.
    pub words: Sentence,
    /// The statement that creates it.
    pub definition: String,
}

/// The table's policies, in its order.
pub(super) fn policies(table: &Table) -> Vec<PolicyDoc> {
    let policies = table.policies.iter();
    let policy = |policy: &Policy| PolicyDoc {
        name: policy.name.clone(),
        words: words(policy),
        definition: sql::printer().create_policy(table, policy),
    };
    policies.map(policy).collect()
}

/// Whether row-level security is on, and for whom.
pub(super) fn row_security(table: &Table) -> Option<Sentence> {
    let security = table.row_security?;
    let forced = if security.force {
        "Row-level security is enabled and forced: it also applies to the table's owner."
    } else {
        "Row-level security is enabled. It does not apply to the table's owner."
    };
    let empty = " No policy admits a role, so that a role under row-level security sees no row.";
    let closed = if table.policies.iter().any(|policy| !policy.restrictive) {
        ""
    } else {
        empty
    };
    Some(Sentence::new(forced).text(closed))
}

fn words(policy: &Policy) -> Sentence {
    let roles = if policy.roles.is_empty() {
        Sentence::new("every role")
    } else {
        let names = policy.roles.iter().map(String::as_str);
        Sentence::new("the role ").codes(names)
    };
    let start = if policy.restrictive {
        "Limits "
    } else {
        "Admits "
    };
    Sentence::new(start)
        .and(roles)
        .text(format!(", for {}", command(policy.command)))
        .and(conditions(policy))
        .text(".")
}

const fn command(command: PolicyCommand) -> &'static str {
    match command {
        PolicyCommand::All => "every command",
        PolicyCommand::Select => "SELECT",
        PolicyCommand::Insert => "INSERT",
        PolicyCommand::Update => "UPDATE",
        PolicyCommand::Delete => "DELETE",
    }
}

fn conditions(policy: &Policy) -> Sentence {
    match (&policy.using, &policy.with_check) {
        (None, None) => Sentence::default(),
        (Some(using), None) => Sentence::new(", to ").and(rows(using)),
        (None, Some(check)) => Sentence::new(", to write ").and(rows(check)),
        (Some(using), Some(check)) if using == check => Sentence::new(", to ").and(rows(using)),
        (Some(using), Some(check)) => Sentence::new(", to see ")
            .and(rows(using))
            .text(" and to write ")
            .and(rows(check)),
    }
}

/// The rows for which a condition holds.
fn rows(condition: &Expr) -> Sentence {
    match condition {
        Expr::Bool(true) => Sentence::new("all rows"),
        Expr::Bool(false) => Sentence::new("no row"),
        Expr::OwnedBy { setting, owner } => Sentence::new("rows ")
            .and(owned(owner))
            .text(" the value of the setting ")
            .code(setting),
        other => Sentence::new("rows with ").code(sql::expression(other)),
    }
}

/// Where the owner of a row is, up to the setting.
fn owned(owner: &RowOwner) -> Sentence {
    match owner {
        RowOwner::Column { name, .. } => Sentence::new("whose ").code(name).text(" is"),
        RowOwner::Through { parent, owner, .. } => Sentence::new("that reference a row of ")
            .relation(parent)
            .text(" ")
            .and(owned(owner)),
    }
}
