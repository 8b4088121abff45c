use super::InspectError;
use super::owner::Owners;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::QualifiedName;

/// Every database has `public`, so it is left out.
const NAMESPACES: &str = "
    SELECT n.nspname::text AS name, pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname = ANY ($1) AND $2::text[] IS NOT NULL AND n.nspname <> 'public'
    ORDER BY n.nspname";

/// Objects of an extension do not count. `$2` is for relations.
const OTHERS: &str = "
    SELECT n.nspname::text AS name, pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname <> ALL ($1) AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
        AND EXISTS (
            SELECT FROM (
                SELECT 'pg_catalog.pg_class'::regclass::oid AS class, oid, relnamespace AS namespace FROM pg_catalog.pg_class
                WHERE NOT relname LIKE ANY ($2)
                UNION ALL
                SELECT 'pg_catalog.pg_proc'::regclass, oid, pronamespace FROM pg_catalog.pg_proc
                UNION ALL
                SELECT 'pg_catalog.pg_type'::regclass, oid, typnamespace FROM pg_catalog.pg_type WHERE typrelid = 0 AND typelem = 0
            ) o
            WHERE o.namespace = n.oid AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e'))
    ORDER BY n.nspname";

row! {
    struct NamespaceRow {
        name: String,
        owner: String,
    }
}

pub(super) async fn namespaces(
    session: &mut CatalogReader<'_>,
    owners: &mut Owners,
) -> Result<Vec<String>, InspectError> {
    let rows = session.in_namespaces::<NamespaceRow>("schemas", NAMESPACES);
    let namespace = |row: NamespaceRow| {
        owners.add(&QualifiedName::new(None, &row.name), row.owner);
        row.name
    };
    Ok(rows.await?.into_iter().map(namespace).collect())
}

/// The PostgreSQL schemas that were not inspected and contain objects.
pub(super) async fn others(session: &mut CatalogReader<'_>) -> Result<Vec<String>, InspectError> {
    let rows = session.in_namespaces::<NamespaceRow>("other schemas", OTHERS);
    Ok(rows.await?.into_iter().map(|row| row.name).collect())
}
