//! A right of the application's role, or of every role, on an internal table or view.

use super::granted;
use super::{Allow, Rule, Violation};
use crate::model::{SchemaDef, holds_text};

pub(super) const RULE: Rule = Rule::schema("granted_internal", Allow::TableOrView);

pub(super) const fn check(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let table = schema.tables[index];
    if !table.ownership.is_internal() || RULE.is_allowed(table) {
        return None;
    }
    match granted::grantee_of_internal(schema, &table.name) {
        Some(role) => Some(Violation::new(
            &RULE,
            table,
            &parts(role, "table", table.name.name),
        )),
        None => None,
    }
}

pub(super) const fn check_view(schema: &SchemaDef, index: usize) -> Option<Violation> {
    let view = schema.views[index];
    if !view.ownership.is_internal() || holds_text(view.allow, RULE.name) {
        return None;
    }
    match granted::grantee_of_internal(schema, &view.name) {
        Some(role) => Some(Violation::of_view(
            &RULE,
            view,
            &parts(role, "view", view.name.name),
        )),
        None => None,
    }
}

const fn parts<'a>(role: &'a str, kind: &'a str, name: &'a str) -> [&'a str; 7] {
    [
        "a grant gives `",
        role,
        "`, whose rights the application can use, a right on the internal ",
        kind,
        " `",
        name,
        "`; leave it out of the grant, as `on = tables` and `on = views` do, or grant it to a role that the application is not a member of",
    ]
}
