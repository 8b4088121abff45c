//! Whether a login can keep owners apart. PostgreSQL's row-level security holds neither superusers nor `BYPASSRLS`, and a table's
//! owner can turn it off.

use sqlx::Row as _;

use super::session::Session;
use crate::error::Error;
use crate::model::{RowSecurityDef, SchemaDef};

/// Why the login, its role or the server cannot keep owners apart, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The login is a superuser.
    #[error(
        "`{0}` is a superuser, whom row-level security does not hold; connect by a login of its own, such as `Db::setup` makes"
    )]
    Superuser(String),
    /// Row-level security is off for the login.
    #[error(
        "`{0}` has `BYPASSRLS`, so that row-level security does not hold it; run `ALTER ROLE {0} NOBYPASSRLS`, or connect by another login"
    )]
    BypassesRowSecurity(String),
    /// The login could become somebody whom row-level security does not hold.
    #[error(
        "`{login}` is a member of `{role}`, whom row-level security does not hold; run `REVOKE {role} FROM {login}`"
    )]
    MemberOfPrivileged {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// The login, or the application's role, owns a table that row-level security holds.
    #[error(
        "`{role}` owns `{table}`, and the owner of a table can turn its row-level security off; give it to another role with `ALTER TABLE {table} OWNER TO ..`"
    )]
    OwnsTable {
        /// The login or the role.
        role: String,
        /// The table.
        table: String,
    },
    /// The application's role is not there.
    #[error(
        "there is no role `{0}`; make it, as `Db::setup` does, or name the one there is with `.schema(..)` or `.role(..)`"
    )]
    NoRole(String),
    /// The login may not become the application's role.
    #[error("`{login}` may not become `{role}`; run `GRANT {role} TO {login}`")]
    NotMember {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// A table whose rows have an owner, or that is internal, is open.
    #[error(
        "`{0}` is not held by row-level security, though it is not `shared`; migrate the database to the schema, which enables it, and forces it where rows have an owner"
    )]
    Open(String),
    /// The server's row-level security has known holes.
    #[error(
        "PostgreSQL {version} has holes in its row-level security that {fixed} closes; update the server"
    )]
    Server {
        /// The server's version.
        version: String,
        /// The version that closes them.
        fixed: &'static str,
    },
}

/// The first minor releases without the known holes, by major release: CVE-2024-10976 and CVE-2025-8713 among them
/// (<https://www.postgresql.org/support/security/>).
const FIXED: [(i32, i32, &str); 5] = [
    (13, 22, "13.22"),
    (14, 19, "14.19"),
    (15, 14, "15.14"),
    (16, 10, "16.10"),
    (17, 6, "17.6"),
];

const QUESTION: &str = "\
WITH login AS (SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = session_user),
app AS (SELECT oid, rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = $1)
SELECT current_setting('server_version_num')::int4 AS version,
    login.rolname::text AS login,
    login.rolsuper AS superuser,
    login.rolbypassrls AS bypasses,
    (SELECT r.rolname::text FROM pg_roles AS r
        WHERE (r.rolsuper OR r.rolbypassrls) AND r.oid <> login.oid AND NOT login.rolsuper
            AND pg_has_role(login.oid, r.oid, 'MEMBER') ORDER BY 1 LIMIT 1) AS privileged,
    (SELECT c.oid::regclass::text FROM pg_class AS c
        WHERE c.relrowsecurity AND NOT login.rolsuper AND pg_has_role(login.oid, c.relowner, 'MEMBER') ORDER BY 1 LIMIT 1) AS owned,
    app.rolname::text AS app,
    coalesce(app.rolsuper OR app.rolbypassrls, false) AS app_bypasses,
    coalesce(pg_has_role(login.oid, app.oid, 'MEMBER'), false) AS is_member
FROM login LEFT JOIN app ON true";

pub(super) async fn check(session: &mut Session, isolation: &RowSecurityDef) -> Result<(), Error> {
    let asked = sqlx::query(QUESTION)
        .bind(isolation.role)
        .persistent(false)
        .fetch_one(session.connection()?)
        .await;
    let row = match asked {
        Ok(row) => row,
        Err(error) => return Err(session.failure(error, &[])),
    };
    let login = Login::read(&row, isolation.role).map_err(Error::Database)?;
    Ok(login.refuse()?)
}

/// Asks of the tables with an owner, and of the internal ones, whether row-level security holds them.
pub(super) async fn check_tables(
    session: &mut Session,
    schema: &'static SchemaDef,
) -> Result<(), Error> {
    let held = schema.tables.iter();
    let held: Vec<_> = held.filter(|table| !table.ownership.is_shared()).collect();
    let schemas: Vec<_> = held.iter().map(|table| table.name.schema).collect();
    let names: Vec<_> = held.iter().map(|table| table.name.name).collect();
    let forced: Vec<_> = held
        .iter()
        .map(|table| table.ownership.is_owned())
        .collect();
    let asked = sqlx::query_as::<_, (String,)>(OPEN_TABLES)
        .bind(&schemas)
        .bind(&names)
        .bind(&forced)
        .persistent(false)
        .fetch_optional(session.connection()?)
        .await;
    match asked {
        Ok(None) => Ok(()),
        Ok(Some((table,))) => Err(Refusal::Open(table).into()),
        Err(error) => Err(session.failure(error, &[])),
    }
}

/// By the catalog alone: the login may look into no PostgreSQL schema of the application's. A table that is not there says so itself
/// when it is asked.
const OPEN_TABLES: &str = "\
SELECT t.name FROM unnest($1::text[], $2::text[], $3::boolean[]) AS t (schema, name, forced)
JOIN pg_namespace AS n ON n.nspname = t.schema OR (t.schema IS NULL AND n.nspname = ANY (current_schemas(false)))
JOIN pg_class AS c ON c.relnamespace = n.oid AND c.relname = t.name AND c.relkind IN ('r', 'p')
WHERE NOT (c.relrowsecurity AND (c.relforcerowsecurity OR NOT t.forced)) ORDER BY 1 LIMIT 1";

#[allow(clippy::struct_excessive_bools)] // They are answers, and independent of each other.
struct Login {
    version: i32,
    name: String,
    is_superuser: bool,
    bypasses: bool,
    privileged: Option<String>,
    owned: Option<String>,
    role: &'static str,
    has_role: bool,
    role_bypasses: bool,
    is_member: bool,
}

impl Login {
    fn read(row: &sqlx::postgres::PgRow, role: &'static str) -> sqlx::Result<Self> {
        Ok(Self {
            version: row.try_get("version")?,
            name: row.try_get("login")?,
            is_superuser: row.try_get("superuser")?,
            bypasses: row.try_get("bypasses")?,
            privileged: row.try_get("privileged")?,
            owned: row.try_get("owned")?,
            role,
            has_role: row.try_get::<Option<String>, _>("app")?.is_some(),
            role_bypasses: row.try_get("app_bypasses")?,
            is_member: row.try_get("is_member")?,
        })
    }

    fn refuse(self) -> Result<(), Refusal> {
        if let Some(fixed) = fix_of(self.version) {
            let (major, minor) = (self.version / 10_000, self.version % 10_000);
            return Err(Refusal::Server {
                version: format!("{major}.{minor}"),
                fixed,
            });
        }
        if self.is_superuser {
            return Err(Refusal::Superuser(self.name));
        }
        if self.bypasses {
            return Err(Refusal::BypassesRowSecurity(self.name));
        }
        if let Some(role) = self.privileged {
            return Err(Refusal::MemberOfPrivileged {
                login: self.name,
                role,
            });
        }
        if let Some(table) = self.owned {
            return Err(Refusal::OwnsTable {
                role: self.name,
                table,
            });
        }
        self.refuse_role()
    }

    fn refuse_role(self) -> Result<(), Refusal> {
        let role = self.role.to_owned();
        if !self.has_role {
            return Err(Refusal::NoRole(role));
        }
        if self.role_bypasses {
            return Err(Refusal::BypassesRowSecurity(role));
        }
        if !self.is_member {
            return Err(Refusal::NotMember {
                login: self.name,
                role,
            });
        }
        Ok(())
    }
}

/// The release that closes the known holes of a server's, where it has them.
fn fix_of(version: i32) -> Option<&'static str> {
    let (major, minor) = (version / 10_000, version % 10_000);
    if major < FIXED[0].0 {
        return Some(FIXED[0].2);
    }
    let fixed = FIXED.iter().find(|(of, ..)| *of == major)?;
    (minor < fixed.1).then_some(fixed.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_with_known_holes_are_named_the_release_that_closes_them() {
        assert_eq!(fix_of(120_022), Some("13.22"));
        assert_eq!(fix_of(150_013), Some("15.14"));
        assert_eq!(fix_of(150_014), None);
        assert_eq!(fix_of(170_005), Some("17.6"));
        assert_eq!(fix_of(180_000), None);
    }
}
