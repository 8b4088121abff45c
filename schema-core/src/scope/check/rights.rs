//! Rights that policies do not limit.
//!
//! Policies limit `SELECT`, `INSERT`, `UPDATE` and `DELETE` on their table. They do not limit `TRUNCATE`, and they do
//! not apply to a partition that is queried directly. The audit trail has no policies, and holds the rows of every
//! owner.

use std::collections::HashMap;

use sqlx::postgres::types::Oid;

use super::asking::Asking;
use super::relations::Relation;
use super::roles::Reachable;
use super::wanted::{Kind, Standing};
use crate::catalog::row;
use crate::ddl;
use crate::error::Error;
use crate::error::refusal::Refusal;
use crate::ir::{GrantObject, QualifiedName, Schema};
use crate::model::Privilege;

/// The rights of the roles `$3` on the tables `$1` and their partitions. `$2` says which tables are closed to the
/// roles. A right on a column counts as one on the table. Rights of owners are not listed, because no owner is among
/// the roles.
const RIGHTS: &str = "\
WITH RECURSIVE family AS (
    SELECT given.oid AS root, given.oid, given.is_closed, false AS is_child
    FROM unnest($1::oid[], $2::bool[]) AS given (oid, is_closed)
    UNION ALL
    SELECT family.root, i.inhrelid, family.is_closed, true
    FROM family JOIN pg_catalog.pg_inherits AS i ON i.inhparent = family.oid
)
SELECT family.root, family.is_child, family.is_closed,
    CASE n.nspname WHEN 'public' THEN '' ELSE quote_ident(n.nspname) || '.' END || quote_ident(c.relname) AS relation,
    c.relrowsecurity AS row_security,
    CASE has.grantee WHEN 0 THEN 'public' ELSE pg_get_userbyid(has.grantee)::text END AS role,
    has.privilege_type AS privilege
FROM family
JOIN pg_catalog.pg_class AS c ON c.oid = family.oid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
CROSS JOIN LATERAL (
    SELECT a.grantee, a.privilege_type FROM aclexplode(c.relacl) AS a
    UNION
    SELECT a.grantee, a.privilege_type
    FROM pg_catalog.pg_attribute AS t CROSS JOIN LATERAL aclexplode(t.attacl) AS a
    WHERE t.attrelid = c.oid AND t.attnum > 0 AND NOT t.attisdropped
) AS has
WHERE has.grantee = ANY ($3::oid[]) AND has.privilege_type <> 'MAINTAIN'
    AND (family.is_child OR family.is_closed OR has.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER'))
ORDER BY relation, role, privilege";

row! {
    #[allow(clippy::struct_excessive_bools)] // They are independent facts.
    struct RightRow {
        root: Oid,
        is_child: bool,
        is_closed: bool,
        relation: String,
        row_security: bool,
        role: String,
        privilege: String,
    }
}

/// Why a right on the table itself is refused.
const REASONS: [(&str, &str); 3] = [
    (
        "TRUNCATE",
        "it removes the rows of every owner, whatever the policies are",
    ),
    (
        "REFERENCES",
        "a foreign key is checked without the policies, and reveals whether a row exists",
    ),
    (
        "TRIGGER",
        "a trigger sees the rows that any user writes, with that user's rights",
    ),
];

pub(super) async fn check(
    asking: &mut Asking<'_>,
    built: &Schema,
    relations: &[Relation<'_>],
    reachable: &Reachable,
) -> Result<(), Error> {
    let protected: Vec<_> = super::protected(relations).collect();
    let oids: Vec<_> = protected.iter().map(|relation| relation.oid).collect();
    let are_closed: Vec<_> = protected
        .iter()
        .map(|relation| is_closed(relation))
        .collect();
    let query = sqlx::query_as(RIGHTS).bind(&oids).bind(&are_closed);
    let rows: Vec<RightRow> = asking.ask(query.bind(reachable.oids())).await?;
    let names = protected.iter().map(|found| (found.oid, found.wanted.name));
    let names: HashMap<_, _> = names.collect();
    let refused = rows.into_iter().find(|row| {
        let name = names.get(&row.root);
        !name.is_some_and(|name| is_declared(row, name, built))
    });
    match refused {
        Some(row) => Err(refusal(row).into()),
        None => Ok(()),
    }
}

fn is_closed(relation: &Relation<'_>) -> bool {
    match relation.wanted.kind {
        Kind::Table { standing, .. } | Kind::View { standing, .. } => standing == Standing::Closed,
    }
}

/// Whether the schema itself grants the right, which requires that a rule is allowed by its name. A partition must have
/// row-level security nevertheless: without a policy it then shows no rows.
fn is_declared(row: &RightRow, name: &QualifiedName, built: &Schema) -> bool {
    let is_declared = declares(built, &row.role, name, &row.privilege);
    is_declared && (!row.is_child || row.row_security)
}

/// Whether the schema grants the role the right on the relation, or on all relations of its PostgreSQL schema.
pub(super) fn declares(built: &Schema, role: &str, relation: &QualifiedName, right: &str) -> bool {
    let is_right = |kind: Privilege| kind == Privilege::All || ddl::privilege_word(kind) == right;
    let namespace = relation.schema.as_deref().unwrap_or("public");
    built.grants.iter().any(|grant| {
        let is_on = match &grant.on {
            GrantObject::Relations(names) => names.contains(relation),
            GrantObject::AllTables(of) => of == namespace,
            GrantObject::Sequences(_)
            | GrantObject::Routines(_)
            | GrantObject::Namespaces(_)
            | GrantObject::Future { .. } => false,
        };
        is_on && grant.to == role && grant.privileges.iter().any(|(kind, _)| is_right(*kind))
    })
}

fn refusal(row: RightRow) -> Refusal {
    let of_table = REASONS.iter().find(|(right, _)| *right == row.privilege);
    let reason = match of_table {
        _ if row.is_closed => {
            "its rows are those of every owner, and the schema grants no right on it"
        }
        _ if row.is_child => {
            "the policies of a table do not apply to a partition that is queried directly"
        }
        Some((_, reason)) => reason,
        None => "policies do not limit it",
    };
    Refusal::Right {
        role: row.role,
        right: row.privilege,
        relation: row.relation,
        reason,
    }
}
