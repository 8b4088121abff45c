//! The roles that the objects name, and those that were asked for.

use super::session::{Session, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use super::{InspectError, Inspection};
use crate::ir::{GrantObject, Role, Schema};

const ROLES: &str = "
    SELECT r.rolname::text AS name, r.rolcanlogin AS login, r.rolinherit AS inherit, r.rolbypassrls AS bypass_rls,
        r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS has_other_attributes,
        ARRAY(
            SELECT g.rolname::text
            FROM pg_catalog.pg_roles g
            WHERE g.oid IN (SELECT m.roleid FROM pg_catalog.pg_auth_members m WHERE m.member = r.oid)
            ORDER BY g.rolname
        ) AS member_of
    FROM pg_catalog.pg_roles r
    WHERE r.rolname = ANY ($1)
    ORDER BY r.rolname";

row! {
    struct RoleRow {
        name: String,
        login: bool,
        inherit: bool,
        bypass_rls: bool,
        has_other_attributes: bool,
        member_of: Vec<String>,
    }
}

/// They belong to the cluster: which of them the schema's script is to make nobody here knows.
pub(super) async fn roles(
    session: &mut Session<'_>,
    schema: &Schema,
    what: &Inspection,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Role>, InspectError> {
    let of_objects = named(schema).filter(|name| !is_of_postgresql(name));
    let of_objects = of_objects.map(str::to_owned);
    let all: Vec<_> = of_objects.chain(what.roles.clone()).collect();
    let rows = session.named::<RoleRow>("roles", ROLES, &all).await?;
    let others = rows.iter().filter(|row| row.has_other_attributes);
    unsupported.extend(others.map(|row| Unsupported {
        kind: UnsupportedKind::RoleAttribute,
        name: row.name.clone(),
    }));
    Ok(rows.into_iter().map(role).collect())
}

fn role(row: RoleRow) -> Role {
    Role {
        name: row.name,
        existing: false,
        login: row.login,
        inherit: row.inherit,
        bypass_rls: row.bypass_rls,
        member_of: row.member_of,
    }
}

/// The roles that own something, or that a policy, a right or a function names.
fn named(schema: &Schema) -> impl Iterator<Item = &str> {
    let policies = schema.tables.iter().flat_map(|table| &table.policies);
    let of_policies = policies.flat_map(|policy| &policy.roles);
    let of_grants = schema.grants.iter().flat_map(|grant| {
        let maker = match &grant.on {
            GrantObject::Future { made_by, .. } => made_by.as_ref(),
            _ => None,
        };
        [&grant.to].into_iter().chain(maker)
    });
    let of_routines = schema.routines.iter().flat_map(|routine| {
        let execute = routine.execute.iter().flatten();
        execute.chain(&routine.run_as)
    });
    let owners = schema.owner.iter();
    let of_views = schema.views.iter().filter_map(|view| view.owner.as_ref());
    let named = owners.chain(of_views).chain(of_policies);
    named
        .chain(of_grants)
        .chain(of_routines)
        .map(String::as_str)
}

/// Everybody, and the roles that every cluster has.
fn is_of_postgresql(name: &str) -> bool {
    name == "public" || name.starts_with("pg_")
}
