use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::session::{CatalogReader, row};
use freehold_schema_core::catalog::policy_command;
use freehold_schema_core::ir::{Expr, Policy};

/// The number 0 among the roles means `PUBLIC`.
const POLICIES: &str = "
    SELECT p.polrelid AS relation, p.polname::text AS name, p.polcmd::text AS command, NOT p.polpermissive AS restrictive,
        ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles r WHERE r.oid = ANY (p.polroles) ORDER BY r.rolname) AS roles,
        pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS using,
        pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS with_check
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_policy p ON p.polrelid = wanted.oid
    ORDER BY p.polrelid, p.polname";

row! {
    struct PolicyRow {
        relation: Oid,
        name: String,
        command: String,
        restrictive: bool,
        roles: Vec<String>,
        using: Option<String>,
        with_check: Option<String>,
    }
}

pub(super) async fn policies(
    session: &mut CatalogReader<'_>,
    tables: &[Oid],
) -> Result<ByObject<Policy>, InspectError> {
    let rows = session.of::<PolicyRow>("policies", POLICIES, tables);
    let rows = rows.await?.into_iter();
    Ok(rows.map(|row| (row.relation, policy(row))).collect())
}

fn policy(row: PolicyRow) -> Policy {
    Policy {
        name: row.name,
        command: policy_command(&row.command),
        restrictive: row.restrictive,
        roles: row.roles,
        using: row.using.map(Expr::Sql),
        with_check: row.with_check.map(Expr::Sql),
    }
}
