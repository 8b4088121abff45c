//! Default rights: the rights on objects that are created later.

use super::InspectError;
use super::rights::modelled;
use super::session::{CatalogReader, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{FutureKind, Grant, GrantObject};
use freehold_schema_core::model::Privilege;

/// The default rights of the PostgreSQL schemas (`$1`), and those that hold in every schema. A row has no grantee if
/// the entry only revokes rights. `$2` is for relations and not used.
const DEFAULTS: &str = "
    SELECT n.nspname::text AS namespace, pg_catalog.pg_get_userbyid(d.defaclrole)::text AS made_by, d.defaclobjtype::text AS kind,
        CASE coalesce(a.grantee, 0) WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(a.grantee)::text END AS role,
        coalesce(array_agg(DISTINCT a.privilege_type) FILTER (WHERE a.privilege_type IS NOT NULL), '{}') AS privileges,
        coalesce(bool_or(a.is_grantable), false) AS is_grantable
    FROM pg_catalog.pg_default_acl d
    LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
    LEFT JOIN LATERAL (
        SELECT * FROM pg_catalog.aclexplode(d.defaclacl) given WHERE given.grantee <> d.defaclrole
    ) a ON true
    WHERE ((n.nspname = ANY ($1) AND a.grantee IS NOT NULL) OR d.defaclnamespace = 0) AND $2::text[] IS NOT NULL
    GROUP BY n.nspname, d.defaclrole, d.defaclobjtype, a.grantee
    ORDER BY n.nspname, d.defaclobjtype, pg_catalog.pg_get_userbyid(d.defaclrole), pg_catalog.pg_get_userbyid(a.grantee)";

row! {
    struct DefaultRow {
        namespace: Option<String>,
        made_by: String,
        kind: String,
        role: String,
        privileges: Vec<String>,
        is_grantable: bool,
    }
}

pub(super) async fn grants(
    session: &mut CatalogReader<'_>,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Grant>, InspectError> {
    let rows = session.in_namespaces::<DefaultRow>("default rights", DEFAULTS);
    let rows = rows.await?;
    let connected = session.connected.as_str();
    let mut grants = Vec::new();
    for row in rows {
        let grant = grant(&row, connected);
        if row.is_grantable || !is_modelled(&row) || grant.is_none() {
            let only_takes_away = row.privileges.is_empty() && !row.is_grantable;
            unsupported.push(Unsupported {
                kind: if only_takes_away {
                    UnsupportedKind::FewerDefaults
                } else {
                    UnsupportedKind::DefaultPrivilege
                },
                name: format!("of what {} makes, for {}", row.made_by, row.role),
            });
        }
        grants.extend(grant.filter(|grant| !grant.privileges.is_empty()));
    }
    Ok(grants)
}

fn grant(row: &DefaultRow, connected: &str) -> Option<Grant> {
    let made_by = Some(row.made_by.clone()).filter(|role| role != connected);
    Some(Grant {
        on: GrantObject::Future {
            namespace: row.namespace.clone()?,
            made_by,
            kind: kind(&row.kind)?,
        },
        privileges: privileges(row),
        to: row.role.clone(),
    })
}

fn kind(letter: &str) -> Option<FutureKind> {
    match letter {
        "r" => Some(FutureKind::Tables),
        "S" => Some(FutureKind::Sequences),
        "f" => Some(FutureKind::Routines),
        _ => None,
    }
}

fn privileges(row: &DefaultRow) -> Vec<(Privilege, Vec<String>)> {
    if row.kind == "f" {
        return vec![(Privilege::Execute, Vec::new())];
    }
    modelled(&words(row)).0
}

fn is_modelled(row: &DefaultRow) -> bool {
    row.kind == "f" || modelled(&words(row)).1
}

fn words(row: &DefaultRow) -> Vec<&str> {
    row.privileges.iter().map(String::as_str).collect()
}
