//! `isolation = row_security` and `audit(..)`.

use super::PLACE;
use crate::ast::{Audit, Isolation, RowSecurity};
use crate::errors::Errors;
use crate::keys::{ISOLATIONS, Place};
use crate::parse::meta::{Meta, Value, metas};
use crate::parse::value;

pub(super) fn isolation(meta: &Meta, errors: &Errors) -> Option<Isolation> {
    if matches!(meta.value, Value::List(_)) {
        return row_security(meta, errors).map(Isolation::RowSecurity);
    }
    let word = value::word(meta, PLACE, errors)?;
    let has_row_security = value::one_of(&word, ISOLATIONS, "isolation", errors)?;
    Some(if has_row_security {
        Isolation::RowSecurity(RowSecurity::default())
    } else {
        Isolation::Predicate
    })
}

/// `isolation(setting = "app.user_id", role = app_user)`
fn row_security(meta: &Meta, errors: &Errors) -> Option<RowSecurity> {
    let place = Place::RowSecurity;
    let group = value::list(meta, PLACE, errors)?;
    let mut names = RowSecurity::default();
    for option in metas(group.stream(), place, errors) {
        match option.word().as_str() {
            "setting" => names.setting = value::text(&option, place, errors),
            "role" => names.role = value::name(&option, place, errors),
            "owner" => names.owner = value::name(&option, place, errors),
            "login" => names.login = value::name(&option, place, errors),
            _ => names.admin = value::name(&option, place, errors),
        }
    }
    Some(names)
}

/// `audit(schema = audit, table = log, actor = "app.user_id")`
pub(super) fn audit(meta: &Meta, errors: &Errors) -> Option<Audit> {
    let place = Place::Audit;
    let group = value::list(meta, PLACE, errors)?;
    let mut audit = Audit::default();
    for option in metas(group.stream(), place, errors) {
        match option.word().as_str() {
            "table" => audit.table = value::name(&option, place, errors),
            "schema" => audit.schema = value::name(&option, place, errors),
            _ => audit.actor = value::text(&option, place, errors),
        }
    }
    Some(audit)
}
