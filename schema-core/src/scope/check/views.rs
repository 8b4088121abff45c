//! Checks views over protected tables that the application may read, whether they are in the schema or not.
//!
//! A view with `security_invoker` reads with the rights of the current role, also if another view reads it, and is
//! safe. Another view reads with the rights of its owner: it shows every row if the owner is a superuser or has
//! `BYPASSRLS`. A materialized view has stored what its owner saw. A view that reads one of these with its owner's
//! rights shows the same.

use std::collections::HashMap;

use sqlx::postgres::types::Oid;

use super::asking::Asking;
use super::relations::Relation;
use super::rights;
use super::roles::Reachable;
use super::wanted::{Kind, Standing};
use crate::catalog::row;
use crate::error::Error;
use crate::error::refusal::Refusal;
use crate::ir::Schema;

/// The views that read the tables `$1`, their partitions, or another such view, show rows of every owner, and give a
/// right to one of the roles `$2`.
const VIEWS: &str = "\
WITH RECURSIVE base AS (
    SELECT c.oid, NOT (c.relrowsecurity AND c.relforcerowsecurity) AS is_open
    FROM pg_catalog.pg_class AS c WHERE c.oid = ANY ($1::oid[])
    UNION
    SELECT c.oid, NOT (c.relrowsecurity AND c.relforcerowsecurity)
    FROM base
    JOIN pg_catalog.pg_inherits AS i ON i.inhparent = base.oid
    JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
), view AS (
    SELECT c.oid, c.relnamespace, c.relname, c.relacl, c.relkind = 'm' AS is_materialized, o.rolname::text AS owner,
        is_invoker,
        c.relkind = 'm' OR (NOT is_invoker AND (o.rolsuper OR o.rolbypassrls)) AS is_open
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_roles AS o ON o.oid = c.relowner
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT FROM pg_options_to_table(c.reloptions) AS x
            WHERE x.option_name = 'security_invoker' AND x.option_value::bool
        ) AS is_invoker
    ) AS options
    WHERE c.relkind IN ('v', 'm')
), reads AS (
    SELECT DISTINCT w.ev_class AS view, d.refobjid AS relation
    FROM pg_catalog.pg_rewrite AS w
    JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_rewrite'::regclass AND d.objid = w.oid
        AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid <> w.ev_class
), shown AS (
    SELECT base.oid, base.is_open FROM base
    UNION
    SELECT view.oid, view.is_open OR (shown.is_open AND NOT view.is_invoker)
    FROM shown JOIN reads ON reads.relation = shown.oid JOIN view ON view.oid = reads.view
)
SELECT DISTINCT view.oid, view.is_materialized, view.owner,
    CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(view.relname) AS name,
    CASE has.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(has.grantee)::text END AS role,
    has.privilege_type AS privilege
FROM shown
JOIN view ON view.oid = shown.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = view.relnamespace
CROSS JOIN LATERAL (
    SELECT a.grantee, a.privilege_type FROM aclexplode(view.relacl) AS a
    UNION
    SELECT a.grantee, a.privilege_type
    FROM pg_catalog.pg_attribute AS t CROSS JOIN LATERAL aclexplode(t.attacl) AS a
    WHERE t.attrelid = view.oid AND t.attnum > 0 AND NOT t.attisdropped
) AS has
WHERE shown.is_open
    AND has.grantee = ANY ($2::oid[]) AND has.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
ORDER BY name, role, privilege";

row! {
    struct ViewRow {
        oid: Oid,
        is_materialized: bool,
        owner: String,
        name: String,
        role: String,
        privilege: String,
    }
}

pub(super) async fn check(
    asking: &mut Asking<'_>,
    built: &Schema,
    relations: &[Relation<'_>],
    reachable: &Reachable,
) -> Result<(), Error> {
    let protected = super::protected(relations).map(|relation| relation.oid);
    let protected: Vec<_> = protected.collect();
    let question = sqlx::query_as(VIEWS)
        .bind(&protected)
        .bind(reachable.oids());
    let rows: Vec<ViewRow> = asking.ask(question).await?;
    let declared = relations.iter().map(|relation| (relation.oid, relation));
    let declared: HashMap<_, _> = declared.collect();
    let refused = rows.into_iter().find(|row| {
        let relation = declared.get(&row.oid);
        !relation.is_some_and(|relation| is_declared(row, relation, built))
    });
    match refused {
        Some(row) => Err(refusal(row).into()),
        None => Ok(()),
    }
}

/// Whether the schema itself shows the rows of all owners to this role, which requires that a rule is allowed by its
/// name. It does so with a materialized view that it grants, or a shared view with `security_invoker = false`. A view
/// of owned rows must be safe.
fn is_declared(row: &ViewRow, relation: &Relation<'_>, built: &Schema) -> bool {
    let is_meant = match relation.wanted.kind {
        Kind::View { view, .. } if view.materialized => row.is_materialized,
        Kind::View { view, standing } => {
            !view.security_invoker && standing == Standing::Shared && !row.is_materialized
        }
        Kind::Table { .. } => false,
    };
    is_meant && rights::declares(built, &row.role, relation.wanted.name, &row.privilege)
}

fn refusal(row: ViewRow) -> Refusal {
    if row.is_materialized {
        return Refusal::Right {
            role: row.role,
            right: row.privilege,
            relation: row.name,
            reason: "a materialized view has no policies, and the schema grants no right on it",
        };
    }
    Refusal::OpenView {
        view: row.name,
        owner: row.owner,
        role: row.role,
    }
}
