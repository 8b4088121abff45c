//! Roles: those that objects name, and those that were asked for.

use super::session::{CatalogReader, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use super::{InspectError, Inspection};
use freehold_schema_core::ir::{GrantObject, Role, Schema};

/// A role can have the same membership from several grantors; it has the options that any of them gave. PostgreSQL 16
/// introduced the options.
const ROLES: &str = "
    WITH membership AS (
        SELECT m.roleid, m.member, bool_or(m.admin_option) AS admin,
            bool_or(coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, r.rolinherit)) AS inherits,
            bool_or(coalesce((to_jsonb(m) ->> 'set_option')::boolean, true)) AS sets
        FROM pg_catalog.pg_auth_members m JOIN pg_catalog.pg_roles r ON r.oid = m.member
        GROUP BY m.roleid, m.member
    )
    SELECT r.rolname::text AS name, r.rolcanlogin AS login, r.rolinherit AS inherit, r.rolbypassrls AS bypass_rls,
        r.rolsuper AS superuser,
        r.rolsuper OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication AS has_other_attributes,
        ARRAY(
            SELECT r.rolname || ' in ' || m.roleid::regrole FROM membership m
            WHERE m.member = r.oid AND m.inherits <> r.rolinherit ORDER BY 1
        ) AS inherits_otherwise,
        ARRAY(
            SELECT r.rolname || ' in ' || m.roleid::regrole FROM membership m WHERE m.member = r.oid AND NOT m.sets ORDER BY 1
        ) AS without_set,
        ARRAY(
            SELECT r.rolname || ' in ' || m.roleid::regrole FROM membership m
            WHERE m.member = r.oid AND m.admin AND NOT r.rolcreaterole ORDER BY 1
        ) AS with_admin,
        ARRAY(
            SELECT m.member::regrole || ' in ' || r.rolname FROM membership m
            JOIN pg_catalog.pg_roles other ON other.oid = m.member
            WHERE m.roleid = r.oid AND NOT other.rolsuper AND NOT other.rolcreaterole AND other.rolname <> current_user
                AND other.rolname <> ALL ($1)
            ORDER BY 1
        ) AS other_members,
        ARRAY(
            SELECT r.rolname || ': ' || setting.text
            FROM pg_catalog.pg_db_role_setting s CROSS JOIN LATERAL unnest(s.setconfig) AS setting (text)
            WHERE s.setrole = r.oid AND s.setdatabase = 0 AND setting.text NOT LIKE 'session_replication_role=%'
            ORDER BY 1
        ) AS settings,
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
        superuser: bool,
        has_other_attributes: bool,
        inherits_otherwise: Vec<String>,
        without_set: Vec<String>,
        with_admin: Vec<String>,
        other_members: Vec<String>,
        settings: Vec<String>,
        member_of: Vec<String>,
    }
}

/// Roles belong to the cluster, so a database does not show which of them the schema should create.
pub(super) async fn roles(
    session: &mut CatalogReader<'_>,
    schema: &Schema,
    what: &Inspection,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Role>, InspectError> {
    let of_objects = named(schema).filter(|name| !is_of_postgresql(name));
    let of_objects = of_objects.map(str::to_owned);
    let all: Vec<_> = of_objects.chain(what.roles.clone()).collect();
    let rows = session.named::<RoleRow>("roles", ROLES, &all).await?;
    for row in &rows {
        let is_owner = schema.owner.as_ref() == Some(&row.name);
        let is_wanted = what.roles.contains(&row.name);
        // The owner may do anything to the schema anyway, and so may a superuser that owns a view.
        unsupported.extend(unmodelled(row).filter(|_| is_wanted || !(is_owner || row.superuser)));
        unsupported.extend(other_members(row, is_owner));
    }
    Ok(rows.into_iter().map(role).collect())
}

/// The properties of the role that a schema cannot describe.
fn unmodelled(row: &RoleRow) -> impl Iterator<Item = Unsupported> {
    let attribute = row.has_other_attributes.then_some(&row.name);
    let lists = [
        (UnsupportedKind::RoleSetting, &row.settings),
        (UnsupportedKind::MembershipInherit, &row.inherits_otherwise),
        (UnsupportedKind::MembershipSet, &row.without_set),
        (UnsupportedKind::AdminOption, &row.with_admin),
    ];
    let memberships = lists
        .into_iter()
        .flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)));
    let attributes = attribute
        .into_iter()
        .map(|name| (UnsupportedKind::RoleAttribute, name));
    attributes
        .chain(memberships)
        .map(|(kind, name)| Unsupported {
            kind,
            name: name.clone(),
        })
}

/// Members of the role that the schema does not name: they have the rights of the role.
fn other_members(row: &RoleRow, is_owner: bool) -> impl Iterator<Item = Unsupported> {
    let kind = if is_owner || row.bypass_rls {
        UnsupportedKind::PowerfulMember
    } else {
        UnsupportedKind::Member
    };
    row.other_members.iter().map(move |name| Unsupported {
        kind,
        name: name.clone(),
    })
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

/// The roles that own an object, or that a policy, a grant or a routine names.
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

/// `public`, and the predefined roles.
fn is_of_postgresql(name: &str) -> bool {
    name == "public" || name.starts_with("pg_")
}
