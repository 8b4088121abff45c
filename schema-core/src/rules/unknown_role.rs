//! A policy, a function or a grant that names a role which the schema does not have. Of the roles in `schema!` itself the derive asks,
//! at the word; [`SchemaDef::validate`] asks here.

use super::{Allow, Rule, Violation, granted};
use crate::model::{Isolation, SchemaDef, same_text};

pub(super) const RULE: Rule = Rule::schema("unknown_role", Allow::Never);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    let mut i = 0;
    while i < table.policies.len() {
        if let Some(role) = first_unknown(schema, table.policies[i].roles) {
            return Some(Violation::new(
                &RULE,
                table,
                &[
                    "the policy `",
                    table.policies[i].name,
                    "` of `",
                    table.name.name,
                    "` is for the role `",
                    role,
                    "`, which this schema does not have; add `role(",
                    role,
                    ")` to `schema!`, or `role(",
                    role,
                    ", existing)` if it exists already",
                ],
            ));
        }
        i += 1;
    }
    None
}

pub(super) const fn check_routine(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let routine = schema.routines[index];
    let Some(roles) = routine.execute else {
        return None;
    };
    match first_unknown(schema, roles) {
        Some(role) => Some(Violation::of_routine(
            &RULE,
            routine,
            &[
                "`",
                routine.name.name,
                "` may be executed by the role `",
                role,
                "`, which this schema does not have; add `role(",
                role,
                ")` to `schema!`, or `role(",
                role,
                ", existing)` if it exists already",
            ],
        )),
        None => None,
    }
}

/// The grant at `index`.
pub(super) fn check_grant(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let role = first_unknown(schema, &[schema.grants[index].to])?;
    let parts = [
        "`",
        role,
        "` is not a role of this schema; add `role(",
        role,
        ")`, or `role(",
        role,
        ", existing)` if it exists already",
    ];
    Some(Violation::of(&RULE, schema.name, &parts))
}

const fn first_unknown(schema: &SchemaDef, roles: &[&'static str]) -> Option<&'static str> {
    let mut i = 0;
    while i < roles.len() {
        if !is_known(schema, roles[i]) {
            return Some(roles[i]);
        }
        i += 1;
    }
    None
}

const fn is_known(schema: &SchemaDef, role: &str) -> bool {
    same_text(role, "public")
        || same_text(role, "current_user")
        || granted::declared(schema, role).is_some()
        || is_of_isolation(schema, role)
}

const fn is_of_isolation(schema: &SchemaDef, role: &str) -> bool {
    let Isolation::RowSecurity(names) = schema.isolation else {
        return false;
    };
    let optional = [names.owner, names.login, names.admin];
    let mut i = 0;
    while i < optional.len() {
        if let Some(name) = optional[i]
            && same_text(name, role)
        {
            return true;
        }
        i += 1;
    }
    same_text(names.role, role)
}
