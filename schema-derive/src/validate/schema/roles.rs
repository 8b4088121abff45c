//! Roles: declared roles, roles of the isolation, and roles that are named elsewhere.

use std::collections::HashSet;

use proc_macro2::Span;

use super::names::twice;
use crate::ast::{DatabaseRole, Schema, Text};
use crate::errors::Errors;
use crate::keys::{EVERYBODY, RESERVED_ROLES};
use crate::suggest::did_you_mean;

/// Every use of the name of a role.
pub(super) fn all(schema: &Schema) -> impl Iterator<Item = &Text> {
    let declared = schema.roles.iter().map(|role| &role.name);
    declared
        .chain(schema.isolation.roles())
        .chain(named(schema))
}

/// The uses of role names that do not declare the role.
fn named(schema: &Schema) -> impl Iterator<Item = &Text> {
    let parents = schema.roles.iter().flat_map(|role| &role.member_of);
    let grantees = schema.grants.iter().flat_map(|grant| &grant.to);
    parents.chain(grantees)
}

/// Reports role names that PostgreSQL reserves.
pub(super) fn reserved(schema: &Schema, errors: &Errors) {
    let declared = schema.roles.iter().map(|role| (&role.name, role.existing));
    let of_isolation = schema.isolation.roles().map(|name| (name, None));
    for (name, existing) in declared.chain(of_isolation) {
        if RESERVED_ROLES.contains(&name.value.as_str()) {
            let message = format!(
                "`{}` is a keyword of SQL, not a role; choose another name",
                name.value
            );
            errors.push_at(name.span, message);
        }
        if name.value.starts_with("pg_") && existing.is_none() {
            errors.push_at(
                name.span,
                "PostgreSQL reserves names that begin with `pg_` for its own roles; choose another one, or name one of those with `role(.., existing)`",
            );
        }
    }
}

/// Reports a role that is declared twice, by `role(..)` or by the isolation.
pub(super) fn duplicates(schema: &Schema, errors: &Errors) {
    let mut seen: HashSet<_> = schema.isolation.default_role().into_iter().collect();
    for name in schema.isolation.roles() {
        if !seen.insert(name.value.as_str()) {
            let message = format!(
                "`{}` cannot be two roles of the isolation, because each has different rights; choose another name",
                name.value
            );
            errors.push_at(name.span, message);
        }
    }
    let of_isolation: Vec<_> = schema.isolation.role_names().collect();
    let mut seen = HashSet::new();
    for role in &schema.roles {
        let name = &role.name;
        if role.existing.is_none() && of_isolation.contains(&name.value.as_str()) {
            let message = format!(
                "the isolation makes the role `{0}`; remove this one, or write `role({0}, existing)` if it already exists",
                name.value
            );
            errors.push_at(name.span, message);
        } else if !seen.insert(&name.value) {
            twice("role", name, errors);
        }
    }
}

/// A role with `existing` is not changed, so it takes no attributes.
pub(super) fn existing(schema: &Schema, errors: &Errors) {
    for role in schema.roles.iter().filter(|role| role.existing.is_some()) {
        for (span, word) in changes(role) {
            let message = format!("an existing role is not changed; remove `{word}` or `existing`");
            errors.push_at(span, message);
        }
    }
}

/// The attributes of a role beside its name.
fn changes(role: &DatabaseRole) -> impl Iterator<Item = (Span, &'static str)> {
    let member_of = role.member_of.first().map(|parent| parent.span);
    [
        (role.login, "login"),
        (role.no_inherit, "no_inherit"),
        (role.bypass_rls, "bypass_rls"),
        (member_of, "member_of"),
    ]
    .into_iter()
    .filter_map(|(span, word)| Some((span?, word)))
}

/// Reports a cycle of memberships, which PostgreSQL refuses, at the role that closes it.
pub(super) fn member_of_itself(schema: &Schema, errors: &Errors) {
    for (index, role) in schema.roles.iter().enumerate() {
        let before = schema.roles.get(..index).unwrap_or_default();
        for parent in &role.member_of {
            if leads_to(before, &parent.value, &role.name.value) {
                let message = format!(
                    "`{}` would be a member of itself; remove `{}` from its `member_of`",
                    role.name.value, parent.value
                );
                errors.push_at(parent.span, message);
            }
        }
    }
}

/// Whether `from` is `to`, or is a direct or indirect member of `to` through these roles.
fn leads_to(roles: &[DatabaseRole], from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            let same = roles.iter().filter(|role| role.name.value == name);
            let parents = same.flat_map(|role| &role.member_of);
            open.extend(parents.map(|parent| parent.value.as_str()));
        }
    }
    false
}

/// Reports roles that the schema does not have. The core checks the roles of policies and functions.
pub(super) fn unknown_role(schema: &Schema, errors: &Errors) {
    let grantees = schema.grants.iter().flat_map(|grant| &grant.to);
    let grantees = grantees.filter(|name| !EVERYBODY.contains(&name.value.as_str()));
    let parents = schema.roles.iter().flat_map(|role| &role.member_of);
    let known = schema.role_names();
    for name in parents.chain(grantees) {
        let role = &name.value;
        if known.clone().any(|known| known == role) {
            continue;
        }
        let near = did_you_mean(role, known.clone());
        let (end, near) = if near.is_empty() {
            (";", "")
        } else {
            ("", near.as_str())
        };
        let message = format!(
            "`{role}` is not a role of this schema{near}{end} add `role({role})`, or `role({role}, existing)` if it already exists"
        );
        errors.push_at(name.span, message);
    }
}
