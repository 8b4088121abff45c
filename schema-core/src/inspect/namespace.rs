use super::InspectError;
use super::owner::Owners;
use super::session::{Session, row};
use crate::ir::QualifiedName;

/// `public` is there in every database.
const NAMESPACES: &str = "
    SELECT n.nspname::text AS name, pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner
    FROM pg_catalog.pg_namespace n
    WHERE n.nspname = ANY ($1) AND $2::text[] IS NOT NULL AND n.nspname <> 'public'
    ORDER BY n.nspname";

row! {
    struct NamespaceRow {
        name: String,
        owner: String,
    }
}

pub(super) async fn namespaces(
    session: &mut Session<'_>,
    owners: &mut Owners,
) -> Result<Vec<String>, InspectError> {
    let rows = session.in_namespaces::<NamespaceRow>("schemas", NAMESPACES);
    let namespace = |row: NamespaceRow| {
        owners.add(&QualifiedName::new(None, &row.name), row.owner);
        row.name
    };
    Ok(rows.await?.into_iter().map(namespace).collect())
}
