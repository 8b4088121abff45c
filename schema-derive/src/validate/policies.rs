//! Policies.

use std::collections::HashSet;

use super::allow::or_allow;
use crate::ast::{Expr, Policy, Table};
use crate::errors::Errors;

pub(super) fn duplicates(table: &Table, errors: &Errors) {
    let mut seen = HashSet::new();
    for policy in &table.policies {
        if !seen.insert(&policy.name.value) {
            let message = format!(
                "the table has a policy `{}` already; choose another name",
                policy.name.value
            );
            errors.push_at(policy.name.span, message);
        }
    }
}

/// `using` filters existing rows and `with_check` checks written rows, so not every command has both.
pub(super) fn commands(table: &Table, errors: &Errors) {
    for policy in &table.policies {
        let command = policy.command.to_lowercase();
        if let (Some(using), "Insert") = (&policy.using, policy.command) {
            errors.push_at(
                using.key,
                "`using` filters existing rows, and an `insert` has none; write `with_check(..)`",
            );
        }
        if let (Some(check), "Select" | "Delete") = (&policy.with_check, policy.command) {
            let message = format!(
                "`with_check` checks written rows, and a `{command}` writes none; write `using(..)`"
            );
            errors.push_at(check.key, message);
        }
    }
}

/// A policy needs at least one condition.
pub(super) fn conditions(table: &Table, errors: &Errors) {
    let empty = |policy: &&Policy| policy.conditions().next().is_none();
    for policy in table.policies.iter().filter(empty) {
        let missing = match policy.command {
            "Insert" => "`with_check(..)`",
            "Select" | "Delete" => "`using(..)`",
            _ => "`using(..)`, `with_check(..)` or both",
        };
        errors.push_at(
            policy.span,
            format!("a policy needs a condition; add {missing}"),
        );
    }
}

pub(super) fn force(table: &Table, errors: &Errors) {
    if let (Some(span), true) = (table.force_row_security, table.policies.is_empty()) {
        errors.push_at(
            span,
            "`force_row_security` applies to the policies of this table, and it has none; add `policy(..)`, or remove `force_row_security`: the isolation of the schema is always forced",
        );
    }
}

/// A permissive policy that is always true allows every row.
pub(super) fn always_true(table: &Table, errors: &Errors) {
    const RULE: &str = "policy_always_true";
    if table.allows(RULE) {
        return;
    }
    for policy in table.policies.iter().filter(|policy| !policy.restrictive) {
        let mut conditions = policy.conditions().map(|condition| &condition.expr);
        if let Some(condition) = conditions.find(|condition| is_true(condition)) {
            let message = format!(
                "this policy allows every row, so it keeps no rows apart; write a condition{}",
                or_allow(RULE)
            );
            errors.push_at(condition.span(), message);
        }
    }
}

fn is_true(condition: &Expr) -> bool {
    match condition {
        Expr::Bool { value, .. } => *value,
        Expr::Sql(sql) => {
            let sql = sql.value().to_lowercase();
            sql.trim_matches(|c: char| c.is_whitespace() || "()".contains(c)) == "true"
        }
        _ => false,
    }
}

/// PostgreSQL joins permissive policies with `OR`, so a second policy widens the first.
pub(super) fn multiple_permissive(table: &Table, errors: &Errors) {
    const RULE: &str = "multiple_permissive_policies";
    if table.allows(RULE) {
        return;
    }
    let permissive: Vec<_> = table
        .policies
        .iter()
        .filter(|policy| !policy.restrictive)
        .collect();
    for (position, policy) in permissive.iter().enumerate() {
        let mut before = permissive.iter().take(position);
        if let Some(first) = before.find(|first| overlap(first, policy)) {
            let message = format!(
                "PostgreSQL allows a row if `{}` or this policy allows it, so this policy widens the other; combine the two, or make this one `restrictive`{}",
                first.name.value,
                or_allow(RULE)
            );
            errors.push_at(policy.name.span, message);
        }
    }
}

/// Whether both policies apply to the same command of the same role.
fn overlap(one: &Policy, other: &Policy) -> bool {
    let commands = one.command == other.command || one.command == "All" || other.command == "All";
    let shares = |name: &String| other.roles.iter().any(|role| role.value == *name);
    let roles = is_for_everybody(one)
        || is_for_everybody(other)
        || one.roles.iter().any(|role| shares(&role.value));
    commands && roles
}

fn is_for_everybody(policy: &Policy) -> bool {
    policy.roles.is_empty() || policy.roles.iter().any(|role| role.value == "public")
}
