//! Checks that tables, views and columns exist, where the application's statements look for them.

use sqlx::postgres::types::Oid;

use super::asking::Asking;
use super::wanted::{Kind, Standing, Wanted};
use crate::catalog::row;
use crate::ddl::POSTGRES;
use crate::error::Error;
use crate::error::outdated::Outdated;
use crate::ir::QualifiedName;

/// Returns one row for each name: `$1` is its schema, `$2` the name. A name without a schema means the first relation
/// in the schemas `$3`, whether it is a table or not. It reads only the catalog, because the role may have no right on
/// the relations.
const RELATIONS: &str = "\
SELECT current_user::text AS asked_by, found.oid, found.kind, found.row_security, found.forced,
    coalesce(found.namespace, elsewhere.namespace) AS namespace,
    coalesce(has_schema_privilege(current_user, coalesce(found.namespace, elsewhere.namespace), 'USAGE'), true) AS is_usable,
    ARRAY(
        SELECT a.attname::text FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid = found.oid AND a.attnum > 0 AND NOT a.attisdropped
    ) AS columns
FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS wanted (schema, name, at)
LEFT JOIN LATERAL (
    SELECT c.oid, c.relkind::text AS kind, n.nspname::text AS namespace,
        c.relrowsecurity AS row_security, c.relforcerowsecurity AS forced
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relname = wanted.name
        AND CASE WHEN wanted.schema IS NULL THEN n.nspname = ANY ($3::text[]) ELSE n.nspname = wanted.schema END
    ORDER BY array_position($3::text[], n.nspname::text) LIMIT 1
) AS found ON true
LEFT JOIN LATERAL (
    SELECT n.nspname::text AS namespace
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE found.oid IS NULL AND wanted.schema IS NULL AND c.relname = wanted.name
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND n.nspname <> 'information_schema' AND NOT starts_with(n.nspname::text, 'pg_')
    ORDER BY n.nspname LIMIT 1
) AS elsewhere ON true
ORDER BY wanted.at";

row! {
    struct Found {
        asked_by: String,
        oid: Option<Oid>,
        kind: Option<String>,
        row_security: Option<bool>,
        forced: Option<bool>,
        namespace: Option<String>,
        is_usable: bool,
        columns: Vec<String>,
    }
}

/// A table or a view of the schema that was found.
pub(super) struct Relation<'s> {
    pub(super) wanted: &'s Wanted<'s>,
    pub(super) oid: Oid,
    pub(super) row_security: bool,
    pub(super) forced: bool,
    kind: String,
    namespace: String,
    is_usable: bool,
}

impl Relation<'_> {
    /// The name in SQL, as the schema declares it.
    pub(super) fn name(&self) -> String {
        in_sql(self.wanted.name)
    }
}

fn in_sql(name: &QualifiedName) -> String {
    POSTGRES.qualified(name)
}

/// Finds all relations with all their columns.
pub(super) async fn find<'s>(
    asking: &mut Asking<'_>,
    wanted: &'s [Wanted<'s>],
    path: &[String],
) -> Result<Vec<Relation<'s>>, Error> {
    let names = wanted.iter().map(|wanted| wanted.name);
    let (schemas, names): (Vec<_>, Vec<_>) = names
        .map(|name| (name.schema.as_deref(), name.name.as_str()))
        .unzip();
    let query = sqlx::query_as(RELATIONS).bind(schemas).bind(names);
    let found: Vec<Found> = asking.ask(query.bind(path)).await?;
    let found: Vec<_> = wanted.iter().zip(found).collect();
    refuse_missing(&found)?;
    Ok(found.into_iter().filter_map(relation).collect())
}

fn relation<'s>((wanted, found): (&'s Wanted<'s>, Found)) -> Option<Relation<'s>> {
    Some(Relation {
        wanted,
        oid: found.oid?,
        row_security: found.row_security?,
        forced: found.forced?,
        kind: found.kind?,
        namespace: found.namespace?,
        is_usable: found.is_usable,
    })
}

/// Reports missing relations first. Only if every missing name exists in another schema is the search path the cause.
fn refuse_missing(all: &[(&Wanted<'_>, Found)]) -> Result<(), Outdated> {
    let is_elsewhere = |found: &Found| found.oid.is_none() && found.namespace.is_some();
    let missing = all
        .iter()
        .flat_map(|(wanted, found)| missing(wanted, found));
    let names: Vec<_> = missing.collect();
    if !names.is_empty() {
        return Err(Outdated::Missing { names });
    }
    match all.iter().find(|(_, found)| is_elsewhere(found)) {
        Some((wanted, found)) => Err(elsewhere(wanted, found)),
        None => Ok(()),
    }
}

fn elsewhere(wanted: &Wanted<'_>, found: &Found) -> Outdated {
    let name = in_sql(wanted.name);
    let namespace = found.namespace.clone().unwrap_or_default();
    if found.is_usable {
        return Outdated::NotOnPath { name, namespace };
    }
    Outdated::NoUsage {
        role: found.asked_by.clone(),
        name,
        namespace,
    }
}

/// The names that do not exist anywhere: the relation, or columns of it.
fn missing(wanted: &Wanted<'_>, found: &Found) -> Vec<String> {
    let name = wanted.name;
    match (found.oid, &found.namespace) {
        (None, None) => vec![name.to_string()],
        (None, Some(_)) => Vec::new(),
        (Some(_), _) => {
            let has = |column: &str| found.columns.iter().any(|found| found == column);
            let lacking = wanted.columns.iter().filter(|column| !has(column));
            lacking.map(|column| format!("{name}.{column}")).collect()
        }
    }
}

/// Refuses a schema that the role may not use, if it holds a relation that the role needs.
pub(super) fn refuse_unusable(relations: &[Relation<'_>], role: &str) -> Result<(), Outdated> {
    let closed = relations
        .iter()
        .find(|relation| !relation.is_usable && standing(relation.wanted.kind) != Standing::Closed);
    match closed {
        Some(relation) => Err(Outdated::NoUsage {
            role: role.to_owned(),
            name: relation.name(),
            namespace: relation.namespace.clone(),
        }),
        None => Ok(()),
    }
}

/// Refuses a relation of owned or internal rows that is of another kind: row-level security needs a table.
pub(super) fn refuse_other_kinds(relations: &[Relation<'_>]) -> Result<(), Outdated> {
    let owned = relations
        .iter()
        .filter(|relation| standing(relation.wanted.kind) != Standing::Shared);
    for relation in owned {
        let (wanted, found) = (word(relation.wanted.kind), word_of(&relation.kind));
        if wanted != found {
            return Err(Outdated::OtherKind {
                name: relation.name(),
                wanted,
                found,
            });
        }
    }
    Ok(())
}

fn standing(kind: Kind<'_>) -> Standing {
    match kind {
        Kind::Table { standing, .. } | Kind::View { standing, .. } => standing,
    }
}

fn word(kind: Kind<'_>) -> &'static str {
    match kind {
        Kind::Table { .. } => "table",
        Kind::View { view, .. } if view.materialized => "materialized view",
        Kind::View { .. } => "view",
    }
}

/// The word for a letter of `pg_class.relkind`.
fn word_of(letter: &str) -> &'static str {
    match letter {
        "r" | "p" => "table",
        "v" => "view",
        "m" => "materialized view",
        "f" => "foreign table",
        "S" => "sequence",
        "i" | "I" => "index",
        _ => "type",
    }
}
