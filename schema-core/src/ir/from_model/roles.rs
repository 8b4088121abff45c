//! The roles: those that are declared, and those of the isolation that are not declared.

use super::facts::row_security;
use super::texts::owned;
use crate::ir::Role;
use crate::model::{RoleDef, RowSecurityDef, SchemaDef};

pub(super) fn roles(def: &SchemaDef) -> Vec<Role> {
    let declared = |name: &str| def.roles.iter().any(|role| role.name == name);
    let isolation = row_security(def);
    let of_isolation = isolation.iter().flat_map(of_isolation);
    let mut roles: Vec<_> = of_isolation.filter(|role| !declared(&role.name)).collect();
    roles.extend(def.roles.iter().map(role));
    roles
}

fn role(def: &RoleDef) -> Role {
    Role {
        name: def.name.to_owned(),
        existing: def.existing,
        login: def.login,
        inherit: def.inherit,
        bypass_rls: def.bypass_rls,
        member_of: owned(def.member_of),
    }
}

/// Gives `SELECT` on every table, view and sequence, also on later ones. Without it `pg_dump` fails: `BYPASSRLS` gives no
/// right, and partitions and the audit trail are granted to no role.
const READ_ALL: &str = "pg_read_all_data";

/// The roles of the isolation. The login role has no rights itself: a statement that runs without an owner is refused.
fn of_isolation(isolation: &RowSecurityDef) -> Vec<Role> {
    let plain = |name: &str| Role {
        name: name.to_owned(),
        existing: false,
        login: false,
        inherit: true,
        bypass_rls: false,
        member_of: Vec::new(),
    };
    let owner = isolation.owner.map(plain);
    let login = isolation.login.map(|name| Role {
        login: true,
        inherit: false,
        member_of: owned(&[isolation.role]),
        ..plain(name)
    });
    let admin = isolation.admin.map(|name| Role {
        login: true,
        bypass_rls: true,
        member_of: owned(&[READ_ALL]),
        ..plain(name)
    });
    owner
        .into_iter()
        .chain([plain(isolation.role)])
        .chain(login)
        .chain(admin)
        .collect()
}
