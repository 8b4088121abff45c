use super::InspectError;
use super::names::qualified;
use super::owner::Owners;
use super::session::{CatalogReader, row};
use freehold_schema_core::ir::EnumType;

/// `$2` is for relations and not used.
const ENUMS: &str = "
    SELECT n.nspname::text AS namespace, t.typname::text AS name, pg_catalog.pg_get_userbyid(t.typowner)::text AS owner,
        pg_catalog.obj_description(t.oid, 'pg_type') AS comment,
        ARRAY(
            SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder
        ) AS labels
    FROM pg_catalog.pg_type t
    JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
    WHERE n.nspname = ANY ($1) AND $2::text[] IS NOT NULL AND t.typtype = 'e'
        AND NOT EXISTS (
            SELECT FROM pg_catalog.pg_depend d
            WHERE d.classid = 'pg_catalog.pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
    ORDER BY n.nspname, t.typname";

row! {
    struct EnumRow {
        namespace: String,
        name: String,
        owner: String,
        comment: Option<String>,
        labels: Vec<String>,
    }
}

pub(super) async fn enums(
    session: &mut CatalogReader<'_>,
    owners: &mut Owners,
) -> Result<Vec<EnumType>, InspectError> {
    let rows = session.in_namespaces::<EnumRow>("enum types", ENUMS);
    let enum_type = |row: EnumRow| {
        let name = qualified(&row.namespace, &row.name);
        owners.add(&name, row.owner);
        EnumType {
            name,
            comment: row.comment,
            labels: row.labels,
            renamed_labels: Vec::new(),
        }
    };
    Ok(rows.await?.into_iter().map(enum_type).collect())
}
