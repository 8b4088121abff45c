use super::InspectError;
use super::names::PUBLIC;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::Extension;

const EXTENSIONS: &str = "
    SELECT e.extname::text AS name, n.nspname::text AS namespace
    FROM pg_catalog.pg_extension e
    JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
    WHERE e.extname <> 'plpgsql'
    ORDER BY e.extname";

row! {
    struct ExtensionRow {
        name: String,
        namespace: String,
    }
}

/// All of the database: they belong to no schema of it.
pub(super) async fn extensions(
    session: &mut CatalogReader<'_>,
) -> Result<Vec<Extension>, InspectError> {
    let rows = session.everywhere::<ExtensionRow>("extensions", EXTENSIONS);
    let extension = |row: ExtensionRow| Extension {
        name: row.name,
        schema: Some(row.namespace).filter(|namespace| !goes_without_saying(namespace)),
    };
    Ok(rows.await?.into_iter().map(extension).collect())
}

/// In `pg_catalog` stands what names its schema itself.
fn goes_without_saying(namespace: &str) -> bool {
    matches!(namespace, PUBLIC | "pg_catalog")
}
