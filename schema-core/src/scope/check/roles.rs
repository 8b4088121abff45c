//! Checks the login, the roles that it can become, and the application's role.
//!
//! A membership counts even if its rights are not inherited, because SQL may take on the role, also with
//! `set_config('role', ..)`.

use sqlx::postgres::types::Oid;

use super::asking::Asking;
use crate::catalog::row;
use crate::error::Error;
use crate::error::refusal::Refusal;
use crate::model::RowSecurityDef;

/// The login, the application's role (`$1`), and every role that the login can become. Before PostgreSQL 16 every
/// member may do so. PostgreSQL's own roles come last: the role that is a member of one of them is to be reported.
const ROLES: &str = "\
SELECT r.oid, r.rolname::text AS name,
    r.rolname = session_user AS is_login,
    r.rolname = $1 AS is_app,
    r.rolsuper AS is_superuser,
    r.rolbypassrls AS bypasses,
    r.rolcreaterole AS creates_roles,
    r.rolreplication AS replicates,
    pg_has_role(session_user, r.oid, 'MEMBER') AS is_reachable,
    pg_has_role(session_user, r.oid,
        CASE WHEN current_setting('server_version_num')::int4 >= 160000 THEN 'SET' ELSE 'MEMBER' END) AS may_set,
    pg_has_role(session_user, r.oid, 'USAGE') AS is_inherited,
    pg_has_role(session_user, r.oid, 'MEMBER WITH ADMIN OPTION') AS is_administered,
    (SELECT m.rolname::text
        FROM pg_catalog.pg_auth_members AS given JOIN pg_catalog.pg_roles AS m ON m.oid = given.member
        WHERE given.roleid = r.oid AND pg_has_role(session_user, m.oid, 'MEMBER')
        ORDER BY m.rolname <> session_user, m.rolname LIMIT 1) AS member,
    (SELECT CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(c.relname)
        FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relrowsecurity AND c.relowner = r.oid ORDER BY 1 LIMIT 1) AS owned
FROM pg_catalog.pg_roles AS r
WHERE r.rolname = session_user OR r.rolname = $1 OR pg_has_role(session_user, r.oid, 'MEMBER')
ORDER BY r.rolname <> session_user, r.oid < 16384, r.rolname";

row! {
    #[allow(clippy::struct_excessive_bools)] // They are independent facts.
    struct Role {
        oid: Oid,
        name: String,
        is_login: bool,
        is_app: bool,
        is_superuser: bool,
        bypasses: bool,
        creates_roles: bool,
        replicates: bool,
        is_reachable: bool,
        may_set: bool,
        is_inherited: bool,
        is_administered: bool,
        member: Option<String>,
        owned: Option<String>,
    }
}

/// The predefined roles of PostgreSQL that bypass policies, and how. The others (`pg_checkpoint`, `pg_signal_backend`,
/// `pg_use_reserved_connections` ..) show no rows.
const PREDEFINED: [(&str, &str); 7] = [
    (
        "pg_read_all_data",
        "reads every table, including partitions and materialized views, which have no policies",
    ),
    (
        "pg_write_all_data",
        "writes every table, including partitions, which have no policies",
    ),
    (
        "pg_execute_server_program",
        "runs programs on the server, with the server's rights on its files",
    ),
    (
        "pg_read_server_files",
        "reads the files of the server, including those of the tables",
    ),
    (
        "pg_write_server_files",
        "writes the files of the server, including those that decide who may do what",
    ),
    (
        "pg_read_all_stats",
        "reads the statements of every connection, with the values in their text, and statistics over the rows of every owner",
    ),
    (
        "pg_maintain",
        "locks and rewrites every table, also while others use it",
    ),
];

/// The roles whose rights the login can have: itself, the roles that it is a member of, and `PUBLIC`, whose OID is 0.
pub(super) struct Reachable(Vec<Oid>);

impl Reachable {
    pub(super) fn oids(&self) -> &[Oid] {
        &self.0
    }
}

pub(super) async fn check(
    asking: &mut Asking<'_>,
    isolation: &RowSecurityDef,
) -> Result<Reachable, Error> {
    let question = sqlx::query_as(ROLES).bind(isolation.role);
    let roles: Vec<Role> = asking.ask(question).await?;
    let Some(login) = roles.iter().find(|role| role.is_login) else {
        return Err(Error::Database(sqlx::Error::RowNotFound));
    };
    refuse_login(login)?;
    let app = roles.iter().find(|role| role.is_app);
    for role in roles.iter().filter(|role| role.is_reachable || role.is_app) {
        refuse_attributes(role)?;
        refuse_membership(role, login)?;
    }
    refuse_role(login, app, isolation.role)?;
    let reachable = roles.iter().filter(|role| role.is_reachable);
    let reachable = reachable.map(|role| role.oid);
    Ok(Reachable(reachable.chain([Oid(0)]).collect()))
}

fn refuse_login(login: &Role) -> Result<(), Refusal> {
    let name = login.name.clone();
    if login.is_superuser {
        return Err(Refusal::Superuser(name));
    }
    if login.bypasses {
        return Err(Refusal::BypassesRowSecurity(name));
    }
    Ok(())
}

/// Refuses attributes of the role itself.
fn refuse_attributes(role: &Role) -> Result<(), Refusal> {
    let name = || role.name.clone();
    if role.is_app && role.bypasses {
        return Err(Refusal::BypassesRowSecurity(name()));
    }
    if role.creates_roles {
        return Err(Refusal::CreatesRoles(name()));
    }
    if role.replicates {
        return Err(Refusal::Replicates(name()));
    }
    match &role.owned {
        Some(table) if role.is_login || role.is_app => Err(Refusal::OwnsTable {
            role: name(),
            table: table.clone(),
        }),
        _ => Ok(()),
    }
}

/// Refuses a role whose members bypass row-level security.
fn refuse_membership(role: &Role, login: &Role) -> Result<(), Refusal> {
    let member = role.member.as_ref().unwrap_or(&login.name).clone();
    let name = role.name.clone();
    if role.is_superuser || role.bypasses {
        return Err(Refusal::MemberOfPrivileged { member, role: name });
    }
    if let Some((_, reason)) = PREDEFINED.iter().find(|(known, _)| *known == role.name) {
        return Err(Refusal::MemberOfPredefined {
            member,
            role: name,
            reason,
        });
    }
    match &role.owned {
        Some(table) => Err(Refusal::MemberOfOwner {
            member,
            role: name,
            table: table.clone(),
        }),
        None => Ok(()),
    }
}

/// Checks that the login can take on the application's role, and has no rights without doing so.
fn refuse_role(login: &Role, app: Option<&Role>, role: &str) -> Result<(), Refusal> {
    let Some(app) = app else {
        return Err(Refusal::NoRole(role.to_owned()));
    };
    let (login, role) = (login.name.clone(), role.to_owned());
    if app.is_login {
        return Err(Refusal::LoginIsRole(login));
    }
    if !app.is_reachable {
        return Err(Refusal::NotMember { login, role });
    }
    if !app.may_set {
        return Err(Refusal::MayNotSet { login, role });
    }
    if app.is_inherited {
        return Err(Refusal::Inherits { login, role });
    }
    if app.is_administered {
        return Err(Refusal::Administers { login, role });
    }
    Ok(())
}
