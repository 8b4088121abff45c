//! Tables and views: both are rows of `pg_class`.

use sqlx::postgres::types::Oid;

use super::InspectError;
use super::names::qualified;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::QualifiedName;

/// Relations except partitions and those of extensions, ordered by name.
const RELATIONS: &str = "
    SELECT c.oid, c.relkind::text AS kind, n.nspname::text AS namespace, c.relname::text AS name,
        pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
        pg_catalog.obj_description(c.oid, 'pg_class') AS comment,
        c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2)
        AND c.relkind IN ('r', 'p', 'v', 'm') AND NOT c.relispartition
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY n.nspname, c.relname";

row! {
    /// A table or a view.
    pub(super) struct Relation {
        pub(super) oid: Oid,
        kind: String,
        namespace: String,
        name: String,
        pub(super) owner: String,
        pub(super) comment: Option<String>,
        pub(super) row_security: bool,
        pub(super) force_row_security: bool,
    }
}

impl Relation {
    pub(super) fn qualified(&self) -> QualifiedName {
        qualified(&self.namespace, &self.name)
    }

    pub(super) fn is_view(&self) -> bool {
        self.kind == "v" || self.is_materialized()
    }

    pub(super) fn is_materialized(&self) -> bool {
        self.kind == "m"
    }

    pub(super) fn is_partitioned(&self) -> bool {
        self.kind == "p"
    }
}

/// Returns the tables and the views.
pub(super) async fn relations(
    session: &mut CatalogReader<'_>,
) -> Result<(Vec<Relation>, Vec<Relation>), InspectError> {
    let relations = session.in_namespaces("relations", RELATIONS).await?;
    let (views, tables) = relations.into_iter().partition(Relation::is_view);
    Ok((tables, views))
}

/// The object identifiers of relations.
pub(super) fn oids<'a>(relations: impl IntoIterator<Item = &'a Relation>) -> Vec<Oid> {
    relations.into_iter().map(|relation| relation.oid).collect()
}
