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

/// All extensions of the database, whatever PostgreSQL schema they are in.
pub(super) async fn extensions(
    session: &mut CatalogReader<'_>,
) -> Result<Vec<Extension>, InspectError> {
    let rows = session.everywhere::<ExtensionRow>("extensions", EXTENSIONS);
    let extension = |row: ExtensionRow| Extension {
        name: row.name,
        schema: Some(row.namespace).filter(|namespace| !is_left_out(namespace)),
    };
    Ok(rows.await?.into_iter().map(extension).collect())
}

/// Whether the model leaves the schema out: `public`, and `pg_catalog`, where the extension fixes its own schema.
fn is_left_out(namespace: &str) -> bool {
    matches!(namespace, PUBLIC | "pg_catalog")
}
