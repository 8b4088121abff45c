//! Checks that the policies are those that the schema declares.
//!
//! Two policies are the same if they let the same rows through, compared in their normal form. Their names do not
//! matter. A permissive policy must be exactly the declared one. A restrictive policy may be for more roles and more
//! commands, because it only narrows.
//!
//! For policies that are not declared:
//!
//! - a restrictive policy only narrows, and is accepted;
//! - a permissive policy on a table of owned rows is narrowed by the isolation's restrictive policy, and is accepted;
//! - a permissive policy on another table shows more rows than declared, and is refused if it applies to a role that the
//!   login has.

use std::collections::HashMap;

use sqlx::postgres::types::Oid;

use super::asking::Asking;
use super::relations::Relation;
use super::roles::Reachable;
use super::wanted::{Kind, Standing};
use crate::catalog::{policy_command, row};
use crate::ddl::POSTGRES;
use crate::error::Error;
use crate::error::refusal::{PolicyDifference, Refusal};
use crate::ir::{Expr, Policy, QualifiedName, RowOwner, Schema, Table};
use crate::model::PolicyCommand;
use crate::normal::Policies;

/// The policies of the tables `$1`; `$2` are the roles that the login has. The printed expression may not show which
/// function or table a name means, so the query also reads the policy's dependencies. PostgreSQL records no dependency
/// on its own objects.
const POLICIES: &str = "\
SELECT p.polrelid AS table, p.polname::text AS name, p.polcmd::text AS command, NOT p.polpermissive AS restrictive,
    ARRAY(SELECT r.rolname::text FROM pg_catalog.pg_roles AS r WHERE r.oid = ANY (p.polroles) ORDER BY r.rolname) AS roles,
    p.polroles && $2::oid[] AS applies,
    pg_get_expr(p.polqual, p.polrelid) AS using,
    pg_get_expr(p.polwithcheck, p.polrelid) AS with_check,
    (SELECT coalesce(quote_ident(fn.nspname) || '.' || quote_ident(f.proname), quote_ident(on_.nspname) || '.' || o.oprname)
        FROM pg_catalog.pg_depend AS d
        LEFT JOIN pg_catalog.pg_proc AS f ON d.refclassid = 'pg_catalog.pg_proc'::regclass AND f.oid = d.refobjid
        LEFT JOIN pg_catalog.pg_namespace AS fn ON fn.oid = f.pronamespace
        LEFT JOIN pg_catalog.pg_operator AS o ON d.refclassid = 'pg_catalog.pg_operator'::regclass AND o.oid = d.refobjid
        LEFT JOIN pg_catalog.pg_namespace AS on_ ON on_.oid = o.oprnamespace
        WHERE d.classid = 'pg_catalog.pg_policy'::regclass AND d.objid = p.oid
            AND coalesce(f.oid, o.oid) IS NOT NULL
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend AS e
                WHERE e.classid = d.refclassid AND e.objid = d.refobjid AND e.deptype = 'e')
        ORDER BY 1 LIMIT 1) AS calls,
    ARRAY(SELECT DISTINCT d.refobjid FROM pg_catalog.pg_depend AS d
        WHERE d.classid = 'pg_catalog.pg_policy'::regclass AND d.objid = p.oid
            AND d.refclassid = 'pg_catalog.pg_class'::regclass) AS reads
FROM pg_catalog.pg_policy AS p
WHERE p.polrelid = ANY ($1::oid[])
ORDER BY p.polname";

row! {
    struct PolicyRow {
        table: Oid,
        name: String,
        command: String,
        restrictive: bool,
        roles: Vec<String>,
        applies: bool,
        using: Option<String>,
        with_check: Option<String>,
        calls: Option<String>,
        reads: Vec<Oid>,
    }
}

/// A policy of the database, in its normal form.
struct Found {
    policy: Policy,
    /// Whether it applies to a role that the login has.
    applies: bool,
    /// A function or an operator that is neither PostgreSQL's nor an extension's.
    calls: Option<String>,
    /// The tables that it reads, including its own.
    reads: Vec<Oid>,
}

/// A table that has policies.
struct Held<'s> {
    table: &'s Table,
    name: String,
    standing: Standing,
}

pub(super) async fn check(
    asking: &mut Asking<'_>,
    built: &Schema,
    path: &[String],
    relations: &[Relation<'_>],
    reachable: &Reachable,
) -> Result<(), Error> {
    let held: Vec<_> = relations.iter().filter_map(held).collect();
    let oids: Vec<_> = held.iter().map(|(oid, _)| *oid).collect();
    let query = sqlx::query_as(POLICIES).bind(&oids).bind(reachable.oids());
    let rows: Vec<PolicyRow> = asking.ask(query).await?;
    let mut by_table: HashMap<Oid, Vec<PolicyRow>> = HashMap::new();
    for row in rows {
        by_table.entry(row.table).or_default().push(row);
    }
    let normal = Policies::new(built, path);
    let tables = relations.iter().map(|found| (found.wanted.name, found.oid));
    let tables: HashMap<_, _> = tables.collect();
    for (oid, held) in held {
        let rows = by_table.remove(&oid).unwrap_or_default();
        let found = rows.into_iter().map(|row| found(row, &normal, held.table));
        refuse(&held, &found.collect::<Vec<_>>(), &normal, &tables)?;
    }
    Ok(())
}

fn held<'s>(relation: &Relation<'s>) -> Option<(Oid, Held<'s>)> {
    match relation.wanted.kind {
        Kind::Table { table, standing } if table.row_security.is_some() => {
            let name = relation.name();
            let held = Held {
                table,
                name,
                standing,
            };
            Some((relation.oid, held))
        }
        Kind::Table { .. } | Kind::View { .. } => None,
    }
}

fn found(row: PolicyRow, normal: &Policies<'_>, table: &Table) -> Found {
    let policy = Policy {
        name: row.name,
        command: policy_command(&row.command),
        restrictive: row.restrictive,
        roles: row.roles,
        using: row.using.map(Expr::Sql),
        with_check: row.with_check.map(Expr::Sql),
    };
    Found {
        policy: normal.normal(&table.name, &policy),
        applies: row.applies,
        calls: row.calls,
        reads: row.reads,
    }
}

fn refuse(
    held: &Held<'_>,
    found: &[Found],
    normal: &Policies<'_>,
    tables: &HashMap<&QualifiedName, Oid>,
) -> Result<(), Refusal> {
    let declared = &held.table.policies;
    let mut matching = Vec::new();
    for policy in declared {
        let wanted = Wanted {
            normal: normal.normal(&held.table.name, policy),
            reads: reads(policy, &held.table.name, tables),
        };
        match found
            .iter()
            .find(|found| wanted.difference(found).is_none())
        {
            Some(same) => matching.push(same.policy.name.as_str()),
            None => return Err(other(held, policy, &wanted, found)),
        }
    }
    match held.standing {
        // The restrictive policy of the isolation is one of the declared ones.
        Standing::Owned => Ok(()),
        Standing::Shared | Standing::Closed => refuse_widening(held, found, &matching),
    }
}

fn refuse_widening(held: &Held<'_>, found: &[Found], matching: &[&str]) -> Result<(), Refusal> {
    let widening = found.iter().find(|found| {
        found.applies
            && !found.policy.restrictive
            && !matching.contains(&found.policy.name.as_str())
    });
    match widening {
        Some(found) => Err(Refusal::WideningPolicy {
            table: held.name.clone(),
            policy: found.policy.name.clone(),
        }),
        None => Ok(()),
    }
}

/// The refusal if no policy equals the declared one. A policy with its name may exist.
fn other(held: &Held<'_>, policy: &Policy, wanted: &Wanted, found: &[Found]) -> Refusal {
    let sql = POSTGRES.create_policy(held.table, policy);
    let sql = sql.replace("\n   ", "");
    let (table, name) = (held.name.clone(), policy.name.clone());
    let namesake = found.iter().find(|found| found.policy.name == name);
    match namesake.and_then(|found| wanted.difference(found)) {
        Some(difference) => Refusal::OtherPolicy {
            table,
            policy: name,
            difference,
            sql,
        },
        None => Refusal::NoPolicy {
            table,
            policy: name,
            sql,
        },
    }
}

/// A policy that the schema declares.
struct Wanted {
    normal: Policy,
    /// The tables that it may read, if it is a policy of the isolation.
    reads: Option<Vec<Oid>>,
}

impl Wanted {
    /// How the found policy differs from this one.
    fn difference(&self, found: &Found) -> Option<PolicyDifference> {
        let (wanted, policy) = (&self.normal, &found.policy);
        let narrows = wanted.restrictive;
        if policy.restrictive != wanted.restrictive {
            return Some(PolicyDifference::Kind);
        }
        let is_for_more = narrows && policy.command == PolicyCommand::All;
        if policy.command != wanted.command && !is_for_more {
            return Some(PolicyDifference::Command);
        }
        if !is_for_roles(&wanted.roles, &policy.roles, narrows) {
            return Some(PolicyDifference::Roles);
        }
        if policy.using != wanted.using {
            return Some(PolicyDifference::Using);
        }
        if with_check(policy) != with_check(wanted) {
            return Some(PolicyDifference::WithCheck);
        }
        self.other_meaning(found)
    }

    /// A difference that the text does not show.
    fn other_meaning(&self, found: &Found) -> Option<PolicyDifference> {
        let reads = self.reads.as_ref()?;
        if let Some(name) = &found.calls {
            return Some(PolicyDifference::Calls(name.clone()));
        }
        let is_other = found.reads.iter().any(|table| !reads.contains(table));
        is_other.then_some(PolicyDifference::Reads)
    }
}

/// Whether the policy is for the wanted roles. An empty list means all roles.
fn is_for_roles(wanted: &[String], found: &[String], narrows: bool) -> bool {
    let is_for_more = match (wanted, found) {
        (_, []) => true,
        ([], _) => false,
        (wanted, found) => wanted.iter().all(|role| found.contains(role)),
    };
    wanted == found || (narrows && is_for_more)
}

/// The condition on written rows. Without one it is the condition on visible rows.
fn with_check(policy: &Policy) -> Option<&Expr> {
    match policy.command {
        PolicyCommand::All | PolicyCommand::Update => {
            policy.with_check.as_ref().or(policy.using.as_ref())
        }
        PolicyCommand::Select | PolicyCommand::Insert | PolicyCommand::Delete => {
            policy.with_check.as_ref()
        }
    }
}

/// The tables that a policy of the isolation reads, including its own. `None` for a policy that is written by hand.
fn reads(
    policy: &Policy,
    own: &QualifiedName,
    tables: &HashMap<&QualifiedName, Oid>,
) -> Option<Vec<Oid>> {
    let Some(Expr::OwnedBy { owner, .. }) = &policy.using else {
        return None;
    };
    let mut names = vec![own];
    let mut owner = owner;
    while let RowOwner::Through {
        parent,
        owner: further,
        ..
    } = owner
    {
        names.push(parent);
        owner = further;
    }
    let oids = names.iter().filter_map(|name| tables.get(name).copied());
    Some(oids.collect())
}
