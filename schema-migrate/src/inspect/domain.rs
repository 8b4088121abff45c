use sqlx::postgres::types::Oid;

use super::InspectError;
use super::by_object::ByObject;
use super::names::qualified;
use super::owner::Owners;
use super::session::{CatalogReader, row};
use super::types::Types;
use freehold_schema_core::ir::{Check, Domain, Expr};

const DOMAINS: &str = "
    SELECT t.oid, n.nspname::text AS namespace, t.typname::text AS name,
        pg_catalog.pg_get_userbyid(t.typowner)::text AS owner,
        t.typbasetype AS base_oid, t.typtypmod AS base_modifier,
        pg_catalog.format_type(t.typbasetype, t.typtypmod) AS base_written,
        pg_catalog.obj_description(t.oid, 'pg_type') AS comment
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY ($1) AND $2::text[] IS NOT NULL AND t.typtype = 'd'
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    ORDER BY n.nspname, t.typname";

const CHECKS: &str = "
    SELECT con.contypid AS domain, con.conname::text AS name, pg_catalog.pg_get_expr(con.conbin, 0) AS condition
    FROM unnest($1::oid[]) AS wanted (oid)
    JOIN pg_catalog.pg_constraint con ON con.contypid = wanted.oid
    WHERE con.contype = 'c'
    ORDER BY con.contypid, con.conname";

row! {
    struct DomainRow {
        oid: Oid,
        namespace: String,
        name: String,
        owner: String,
        base_oid: Oid,
        base_modifier: i32,
        base_written: String,
        comment: Option<String>,
    }
}

row! {
    struct CheckRow {
        domain: Oid,
        name: String,
        condition: String,
    }
}

pub(super) async fn domains(
    session: &mut CatalogReader<'_>,
    types: &Types,
    owners: &mut Owners,
) -> Result<Vec<Domain>, InspectError> {
    let rows = session.in_namespaces::<DomainRow>("domains", DOMAINS);
    let rows = rows.await?;
    let oids: Vec<_> = rows.iter().map(|row| row.oid).collect();
    let mut checks = checks(session, &oids).await?;
    let domain = |row: DomainRow| {
        let name = qualified(&row.namespace, &row.name);
        owners.add(&name, row.owner);
        Domain {
            name,
            base: types.sql_type(row.base_oid, row.base_modifier, &row.base_written),
            comment: row.comment,
            checks: checks.take(row.oid),
        }
    };
    Ok(rows.into_iter().map(domain).collect())
}

async fn checks(
    session: &mut CatalogReader<'_>,
    domains: &[Oid],
) -> Result<ByObject<Check>, InspectError> {
    let rows = session.of::<CheckRow>("checks of domains", CHECKS, domains);
    let rows = rows.await?.into_iter();
    let check = |row: CheckRow| Check {
        name: row.name,
        condition: Expr::Sql(row.condition),
    };
    Ok(rows.map(|row| (row.domain, check(row))).collect())
}
