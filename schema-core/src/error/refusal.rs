//! The reasons for which `connect` refuses a database.

use std::fmt;

use crate::sql::quote::POSTGRES;

/// Why the login, its role, the tables, the views or the server cannot keep owners apart.
///
/// `connect` returns it as [`Error::Unsafe`](crate::Error::Unsafe). Each message names the problem in backquotes, and
/// the SQL that solves it where SQL can.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The login is a superuser.
    #[error(
        "`{0}` is a superuser, to whom row-level security does not apply; connect as a separate login, such as the one that `Db::setup` makes"
    )]
    Superuser(String),
    /// Row-level security does not apply to the login or to the application's role, because it has `BYPASSRLS`.
    #[error(
        "`{0}` has `BYPASSRLS`, so row-level security does not apply to it; run `ALTER ROLE {role} NOBYPASSRLS`, or connect as another login",
        role = POSTGRES.identifier(.0)
    )]
    BypassesRowSecurity(String),
    /// The login can become a role to which row-level security does not apply.
    #[error(
        "`{member}` is a member of `{role}`, to which row-level security does not apply; run `REVOKE {} FROM {}`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(member)
    )]
    MemberOfPrivileged {
        /// The login, or a role that it can become.
        member: String,
        /// The superuser, or the role with `BYPASSRLS`.
        role: String,
    },
    /// The login can become a predefined role of PostgreSQL that bypasses policies.
    #[error(
        "`{member}` is a member of `{role}`, which {reason}; run `REVOKE {} FROM {}`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(member)
    )]
    MemberOfPredefined {
        /// The login, or a role that it can become.
        member: String,
        /// The predefined role.
        role: String,
        /// What that role can do.
        reason: &'static str,
    },
    /// The login, or a role that it can become, can create and change roles.
    #[error(
        "`{0}` has `CREATEROLE`, and can make itself a member of other roles; run `ALTER ROLE {role} NOCREATEROLE`",
        role = POSTGRES.identifier(.0)
    )]
    CreatesRoles(String),
    /// The login, or a role that it can become, may replicate.
    #[error(
        "`{0}` has `REPLICATION`, and can read every change of every row, past row-level security; run `ALTER ROLE {role} NOREPLICATION`",
        role = POSTGRES.identifier(.0)
    )]
    Replicates(String),
    /// The login owns a table with row-level security.
    #[error(
        "`{role}` owns `{table}`, and the owner of a table can turn its row-level security off; give it to another role with `ALTER TABLE {table} OWNER TO ..`"
    )]
    OwnsTable {
        /// The login, or the application's role.
        role: String,
        /// The table.
        table: String,
    },
    /// The login can become the owner of a table with row-level security.
    #[error(
        "`{member}` is a member of `{role}`, which owns `{table}` and can turn its row-level security off; run `REVOKE {} FROM {}`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(member)
    )]
    MemberOfOwner {
        /// The login, or a role that it can become.
        member: String,
        /// The owner.
        role: String,
        /// The table.
        table: String,
    },
    /// The application's role does not exist.
    #[error(
        "the role `{0}` does not exist; create it, as `Db::setup` does, or name the existing one with `.schema(..)` or `.role(..)`"
    )]
    NoRole(String),
    /// The login is not a member of the application's role.
    #[error(
        "`{login}` may not become `{role}`; run `GRANT {} TO {}`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(login)
    )]
    NotMember {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// The login is a member of the application's role, but may not become it: `WITH SET FALSE`, since PostgreSQL 16.
    #[error(
        "`{login}` is a member of `{role}` that may not become it; run `GRANT {} TO {} WITH SET TRUE`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(login)
    )]
    MayNotSet {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// The login has the rights of the application's role without taking on the role.
    #[error(
        "`{login}` has the rights of `{role}` without `SET ROLE`, so PostgreSQL accepts a statement that runs without the role; run `ALTER ROLE {} NOINHERIT` and, from PostgreSQL 16 on, `GRANT {} TO {} WITH INHERIT FALSE`",
        POSTGRES.identifier(login),
        POSTGRES.identifier(role),
        POSTGRES.identifier(login)
    )]
    Inherits {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// The login is the application's role.
    #[error(
        "`{0}` is both the login and the role, so PostgreSQL accepts a statement that runs without the role; connect as a separate login, `CREATE ROLE .. LOGIN NOINHERIT IN ROLE {role}`",
        role = POSTGRES.identifier(.0)
    )]
    LoginIsRole(String),
    /// The login can make others members of the application's role.
    #[error(
        "`{login}` has the `ADMIN OPTION` of `{role}`, and can give it to others; run `REVOKE ADMIN OPTION FOR {} FROM {}`",
        POSTGRES.identifier(role),
        POSTGRES.identifier(login)
    )]
    Administers {
        /// The login.
        login: String,
        /// The role.
        role: String,
    },
    /// A table lacks the row-level security that the schema declares, or does not apply it to its owner (`FORCE`).
    #[error(
        "the schema declares row-level security for `{0}`, but the database does not enforce it; run `ALTER TABLE {0} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY`, or migrate the database to the schema"
    )]
    Open(String),
    /// A declared policy does not exist.
    #[error(
        "`{table}` has no policy `{policy}`, which the schema declares; run `{sql}`, or migrate the database to the schema"
    )]
    NoPolicy {
        /// The table.
        table: String,
        /// The policy.
        policy: String,
        /// The SQL that creates it.
        sql: String,
    },
    /// A policy has the name of a declared one, but differs from it.
    #[error(
        "the policy `{policy}` of `{table}` {difference}; run `DROP POLICY {} ON {table}; {sql}`, or migrate the database to the schema",
        POSTGRES.identifier(policy)
    )]
    OtherPolicy {
        /// The table.
        table: String,
        /// The policy.
        policy: String,
        /// The difference.
        difference: PolicyDifference,
        /// The SQL that creates the declared one.
        sql: String,
    },
    /// A permissive policy that is not declared shows more rows, because no restrictive policy narrows it.
    #[error(
        "the policy `{policy}` of `{table}`, which the schema does not declare, shows more rows than those that are declared; run `DROP POLICY {} ON {table}`, or declare it",
        POSTGRES.identifier(policy)
    )]
    WideningPolicy {
        /// The table.
        table: String,
        /// The policy.
        policy: String,
    },
    /// A role has a right that policies do not limit.
    #[error(
        "`{role}` has `{right}` on `{relation}`: {reason}; run `REVOKE {right} ON {relation} FROM {}`",
        POSTGRES.identifier(role)
    )]
    Right {
        /// The role that has it: the login, one that it can become, or `public`.
        role: String,
        /// The right.
        right: String,
        /// The relation.
        relation: String,
        /// Why the right is refused.
        reason: &'static str,
    },
    /// A view shows the rows of every owner.
    #[error(
        "the view `{view}` reads with the rights of `{owner}`, and shows `{role}` rows of every owner; run `ALTER VIEW {view} SET (security_invoker = true)`, or `REVOKE ALL ON {view} FROM {}`",
        POSTGRES.identifier(role)
    )]
    OpenView {
        /// The view.
        view: String,
        /// Its owner.
        owner: String,
        /// The role that may read the view.
        role: String,
    },
    /// The server's row-level security has known holes.
    #[error(
        "PostgreSQL {version} has security holes in row-level security that {fixed} closes; update the server"
    )]
    Server {
        /// The server's version.
        version: String,
        /// The version that closes the holes.
        fixed: &'static str,
    },
    /// The database has the extension `citus`.
    #[error(
        "the database has the extension `citus`, which makes restrictive policies permissive on its workers, so they protect no rows; connect to a database without it, or declare `isolation = predicate`"
    )]
    Citus,
}

/// How a policy differs from the declared one.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyDifference {
    /// One is permissive and the other restrictive.
    Kind,
    /// It is for other commands.
    Command,
    /// It is for other roles.
    Roles,
    /// Its `USING` is different.
    Using,
    /// Its `WITH CHECK` is different.
    WithCheck,
    /// It calls a function, or an operator by its function, that is neither PostgreSQL's nor an extension's.
    Calls(String),
    /// It reads a table of the same name in another PostgreSQL schema.
    Reads,
}

impl fmt::Display for PolicyDifference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind => f.write_str(
                "is permissive where the schema declares restrictive, or the other way round",
            ),
            Self::Command => f.write_str("is for other commands than the schema declares"),
            Self::Roles => f.write_str("is for other roles than the schema declares"),
            Self::Using => f.write_str("has another `USING` than the schema declares"),
            Self::WithCheck => f.write_str("has another `WITH CHECK` than the schema declares"),
            Self::Calls(name) => write!(
                f,
                "calls `{name}`, where the schema calls a function of PostgreSQL"
            ),
            Self::Reads => f.write_str("reads another table than the schema declares"),
        }
    }
}
