//! Granted rights on objects, without the owner's own rights.

use std::collections::BTreeMap;

use super::InspectError;
use super::names::{PUBLIC, qualified};
use super::routine::Found;
use super::session::{CatalogReader, row};
use super::unsupported::{Unsupported, UnsupportedKind};
use freehold_schema_core::ir::{Grant, GrantObject, QualifiedName};
use freehold_schema_core::model::Privilege;

/// The rights on relations, columns and namespaces. Initial rights are those of a new database.
const RIGHTS: &str = "
    WITH relation AS (
        SELECT c.oid, CASE c.relkind WHEN 'S' THEN 'sequence' ELSE 'relation' END AS kind,
            n.nspname::text AS namespace, c.relname::text AS name, c.relacl, c.relowner
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = ANY ($1) AND NOT c.relname LIKE ANY ($2)
            AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (
                SELECT FROM pg_catalog.pg_depend d
                WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ), given AS (
        SELECT r.kind, r.namespace, r.name, NULL AS column_name, 0 AS position, false AS is_initial, a.*
        FROM relation r CROSS JOIN LATERAL pg_catalog.aclexplode(r.relacl) a
        WHERE a.grantee <> r.relowner
        UNION ALL
        SELECT r.kind, r.namespace, r.name, c.attname::text, c.attnum, false, a.*
        FROM relation r
        JOIN pg_catalog.pg_attribute c ON c.attrelid = r.oid AND c.attnum > 0 AND NOT c.attisdropped
        CROSS JOIN LATERAL pg_catalog.aclexplode(c.attacl) a
        WHERE a.grantee <> r.relowner
        UNION ALL
        SELECT 'namespace', n.nspname::text, n.nspname::text, NULL, 0, EXISTS (
            SELECT FROM pg_catalog.pg_init_privs i CROSS JOIN LATERAL pg_catalog.aclexplode(i.initprivs) began
            WHERE i.classoid = 'pg_catalog.pg_namespace'::regclass AND i.objoid = n.oid
                AND began.grantee = a.grantee AND began.privilege_type = a.privilege_type), a.*
        FROM pg_catalog.pg_namespace n CROSS JOIN LATERAL pg_catalog.aclexplode(n.nspacl) a
        WHERE n.nspname = ANY ($1) AND a.grantee <> n.nspowner
    )
    SELECT kind, namespace, name, column_name,
        CASE grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(grantee)::text END AS role,
        privilege_type AS privilege, bool_or(is_grantable) AS is_grantable, bool_and(is_initial) AS is_initial
    FROM given
    GROUP BY kind, namespace, name, column_name, position, grantee, privilege_type
    ORDER BY kind, namespace, name, role, position, privilege_type";

row! {
    struct RightRow {
        kind: String,
        namespace: String,
        name: String,
        column_name: Option<String>,
        role: String,
        privilege: String,
        is_grantable: bool,
        is_initial: bool,
    }
}

/// The object that rights are on. The order of the variants is the order of the grants.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum On {
    Namespace(String),
    Relation(QualifiedName),
    Sequence(QualifiedName),
}

impl From<On> for GrantObject {
    fn from(on: On) -> Self {
        match on {
            On::Namespace(name) => Self::Namespaces(vec![name]),
            On::Relation(name) => Self::Relations(vec![name]),
            On::Sequence(name) => Self::Sequences(vec![name]),
        }
    }
}

impl RightRow {
    fn on(&self) -> On {
        match self.kind.as_str() {
            "namespace" => On::Namespace(self.name.clone()),
            "sequence" => On::Sequence(qualified(&self.namespace, &self.name)),
            _ => On::Relation(qualified(&self.namespace, &self.name)),
        }
    }

    fn unsupported(&self, kind: UnsupportedKind) -> Unsupported {
        let on = format!("{} for {}", self.name, self.role);
        Unsupported::new(kind, &self.namespace, &on)
    }
}

/// Returns one grant for each object and role, except initial rights and those of `owner` on `public`.
pub(super) async fn grants(
    session: &mut CatalogReader<'_>,
    owner: Option<&str>,
    unsupported: &mut Vec<Unsupported>,
) -> Result<Vec<Grant>, InspectError> {
    let rows = session.in_namespaces::<RightRow>("rights", RIGHTS);
    let mut found: BTreeMap<(On, String), Vec<RightRow>> = BTreeMap::new();
    for row in rows.await? {
        if row.is_grantable {
            unsupported.push(row.unsupported(UnsupportedKind::GrantOption));
        }
        let is_owners =
            row.kind == "namespace" && row.name == PUBLIC && Some(row.role.as_str()) == owner;
        if !is_owners {
            let key = (row.on(), row.role.clone());
            found.entry(key).or_default().push(row);
        }
    }
    let found = found
        .into_iter()
        .filter(|(_, rows)| !rows.iter().all(|row| row.is_initial));
    let grants = found.map(|((on, to), rows)| Grant {
        privileges: privileges(&on, &rows, unsupported),
        on: on.into(),
        to,
    });
    let grants: Vec<_> = grants.collect();
    Ok(grants
        .into_iter()
        .filter(|grant| !grant.privileges.is_empty())
        .collect())
}

/// The grants on routines that `PUBLIC` may execute. Other routines list the roles that may execute them.
pub(super) fn of_routines(found: &[Found]) -> impl Iterator<Item = Grant> {
    let open = found.iter().filter(|found| found.routine.execute.is_none());
    open.flat_map(|found| {
        found.executed_by.iter().map(|role| Grant {
            privileges: vec![(Privilege::Execute, Vec::new())],
            on: GrantObject::Routines(vec![found.routine.clone()]),
            to: role.clone(),
        })
    })
}

fn privileges(
    on: &On,
    rows: &[RightRow],
    unsupported: &mut Vec<Unsupported>,
) -> Vec<(Privilege, Vec<String>)> {
    match on {
        On::Namespace(_) => on_namespace(rows, unsupported),
        On::Relation(_) | On::Sequence(_) => on_relation(rows, unsupported),
    }
}

/// A schema can describe `USAGE`, and `CREATE` only together with `USAGE`.
fn on_namespace(
    rows: &[RightRow],
    unsupported: &mut Vec<Unsupported>,
) -> Vec<(Privilege, Vec<String>)> {
    let has = |word: &str| rows.iter().any(|row| row.privilege == word);
    match (has("CREATE"), has("USAGE")) {
        (true, true) => vec![(Privilege::All, Vec::new())],
        (false, true) => vec![(Privilege::Usage, Vec::new())],
        _ => {
            let reports = rows
                .iter()
                .map(|row| row.unsupported(UnsupportedKind::Privilege));
            unsupported.extend(reports);
            Vec::new()
        }
    }
}

/// The words of `GRANT`, in the order of the result.
const WORDS: [(&str, Privilege); 8] = [
    ("SELECT", Privilege::Select),
    ("INSERT", Privilege::Insert),
    ("UPDATE", Privilege::Update),
    ("DELETE", Privilege::Delete),
    ("TRUNCATE", Privilege::Truncate),
    ("REFERENCES", Privilege::References),
    ("TRIGGER", Privilege::Trigger),
    ("USAGE", Privilege::Usage),
];

/// Privileges on the whole relation come first, then those on columns.
fn on_relation(
    rows: &[RightRow],
    unsupported: &mut Vec<Unsupported>,
) -> Vec<(Privilege, Vec<String>)> {
    let (of_columns, whole): (Vec<_>, Vec<_>) =
        rows.iter().partition(|row| row.column_name.is_some());
    let words: Vec<_> = whole.iter().map(|row| row.privilege.as_str()).collect();
    let (mut privileges, is_modelled) = modelled(&words);
    if !is_modelled {
        let unmodelled = whole.iter().find(|row| privilege(&row.privilege).is_none());
        unsupported.extend(unmodelled.map(|row| row.unsupported(UnsupportedKind::Privilege)));
    }
    privileges.extend(WORDS.into_iter().filter_map(|(word, kind)| {
        let of_word = of_columns.iter().filter(|row| row.privilege == word);
        let columns: Vec<_> = of_word.filter_map(|row| row.column_name.clone()).collect();
        (!columns.is_empty()).then_some((kind, columns))
    }));
    privileges
}

/// The privileges of these words, and whether the model describes all of the words. PostgreSQL 17 adds `MAINTAIN`,
/// which is not modelled; it counts as described if all other privileges are there, because `GRANT ALL` gives it too.
pub(super) fn modelled(words: &[&str]) -> (Vec<(Privilege, Vec<String>)>, bool) {
    let held = WORDS.iter().filter(|(word, _)| words.contains(word));
    let privileges: Vec<_> = held.map(|(_, kind)| (*kind, Vec::new())).collect();
    let mut of_tables = WORDS.iter().filter(|(_, kind)| *kind != Privilege::Usage);
    let holds_all = of_tables.all(|(word, _)| words.contains(word));
    let mut unmodelled = words.iter().filter(|word| privilege(word).is_none());
    let is_modelled = unmodelled.all(|word| holds_all && *word == "MAINTAIN");
    (privileges, is_modelled)
}

fn privilege(word: &str) -> Option<Privilege> {
    let (_, kind) = WORDS.into_iter().find(|(other, _)| *other == word)?;
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::{WORDS, modelled};
    use freehold_schema_core::model::Privilege;

    #[test]
    fn privileges_have_a_fixed_order() {
        let (privileges, is_modelled) = modelled(&["UPDATE", "SELECT"]);
        let kinds: Vec<_> = privileges.into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, [Privilege::Select, Privilege::Update]);
        assert!(is_modelled);
    }

    #[test]
    fn maintain_is_modelled_only_together_with_all_others() {
        let mut all: Vec<_> = WORDS.iter().map(|(word, _)| *word).collect();
        all.retain(|word| *word != "USAGE");
        all.push("MAINTAIN");
        assert!(modelled(&all).1);
        assert!(!modelled(&["SELECT", "MAINTAIN"]).1);
    }
}
