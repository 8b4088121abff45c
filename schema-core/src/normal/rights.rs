//! Rights: one grant for each pair of object and role, with all privileges of the role on the object.

use std::collections::BTreeMap;

use super::object::{Normal, PUBLIC, name, sorted};
use crate::ddl::POSTGRES;
use crate::ir::{Body, FutureKind, Grant, GrantObject, QualifiedName, Routine};
use crate::model::{Privilege, Volatility};

/// The privileges, each with its columns; `None` means all columns.
type Rights = BTreeMap<usize, Option<Vec<String>>>;

/// Whether every database has the grant from the start: everyone may use the schema `public`.
fn is_of_every_database(grant: &Grant) -> bool {
    let is_public = matches!(&grant.on, GrantObject::Namespaces(names) if names == &[PUBLIC]);
    is_public && grant.to == PUBLIC
}

/// In the order of PostgreSQL's manual page for `GRANT`.
const PRIVILEGES: &[Privilege] = &[
    Privilege::Select,
    Privilege::Insert,
    Privilege::Update,
    Privilege::Delete,
    Privilege::Truncate,
    Privilege::References,
    Privilege::Trigger,
    Privilege::Usage,
    Privilege::Execute,
    Privilege::All,
];

impl Normal<'_> {
    pub(super) fn grants(&self) -> Vec<Grant> {
        let mut found: BTreeMap<(String, String), (GrantObject, Rights)> = BTreeMap::new();
        for grant in &self.schema.grants {
            for object in self.objects(&grant.on) {
                let key = (key(&object), grant.to.clone());
                let (object, rights) = found.entry(key).or_insert_with(|| (object, Rights::new()));
                for (privilege, columns) in &grant.privileges {
                    add(rights, object, *privilege, columns);
                }
            }
        }
        let grants = found.into_iter();
        let grant = |((_, to), (on, rights)): (_, (_, Rights))| Grant {
            privileges: privileges(rights),
            on,
            to,
        };
        grants
            .map(grant)
            .filter(|grant| !is_of_every_database(grant))
            .collect()
    }

    /// Each object of the grant on its own.
    fn objects(&self, on: &GrantObject) -> Vec<GrantObject> {
        let relation = |of: &QualifiedName| GrantObject::Relations(vec![name(of)]);
        match on {
            GrantObject::Relations(names) => names.iter().map(relation).collect(),
            GrantObject::AllTables(namespace) => {
                self.relations(namespace).iter().map(relation).collect()
            }
            GrantObject::Sequences(names) => {
                let names = names.iter();
                names
                    .map(|of| GrantObject::Sequences(vec![name(of)]))
                    .collect()
            }
            GrantObject::Routines(routines) => {
                let signatures = routines.iter().map(|routine| self.signature(routine));
                signatures
                    .map(|routine| GrantObject::Routines(vec![routine]))
                    .collect()
            }
            GrantObject::Namespaces(names) => {
                let names = names.iter();
                names
                    .map(|name| GrantObject::Namespaces(vec![name.clone()]))
                    .collect()
            }
            GrantObject::Future { .. } => vec![on.clone()],
        }
    }

    /// All relations of the schema that `ALL TABLES IN SCHEMA` includes: tables, partitions and views.
    fn relations(&self, namespace: &str) -> Vec<QualifiedName> {
        let is_in = |of: &QualifiedName| of.schema.as_deref().unwrap_or(PUBLIC) == namespace;
        let tables = self.schema.tables.iter().filter(|table| is_in(&table.name));
        let tables = tables.flat_map(|table| {
            let schema = table.name.schema.as_deref();
            let partitions = table.partitions.iter();
            let partitions = partitions.map(move |part| QualifiedName::new(schema, &part.name));
            std::iter::once(table.name.clone()).chain(partitions)
        });
        let views = self.schema.views.iter().map(|view| view.name.clone());
        tables.chain(views.filter(is_in)).collect()
    }

    /// The routine, reduced to what distinguishes it from other routines.
    fn signature(&self, routine: &Routine) -> Routine {
        let mut arguments = self.arguments(&routine.arguments);
        for argument in &mut arguments {
            argument.default = None;
        }
        Routine {
            name: name(&routine.name),
            comment: None,
            arguments,
            returns: crate::ir::Returns::Void,
            volatility: Volatility::Volatile,
            strict: false,
            parallel_safe: false,
            search_path: None,
            run_as: None,
            security_definer: false,
            execute: None,
            body: Body::Source(String::new()),
            left_out: Vec::new(),
            ..routine.clone()
        }
    }
}

/// The key to sort objects by: the kind, then the name.
fn key(on: &GrantObject) -> String {
    let printer = POSTGRES;
    let names = |kind: &str, names: &[QualifiedName]| {
        let names: Vec<_> = names.iter().map(|name| printer.qualified(name)).collect();
        format!("{kind} {}", names.join(", "))
    };
    match on {
        GrantObject::Namespaces(names) => format!("1 {}", names.join(", ")),
        GrantObject::Relations(of) => names("2", of),
        GrantObject::AllTables(namespace) => format!("3 {namespace}"),
        GrantObject::Sequences(of) => names("4", of),
        GrantObject::Routines(routines) => {
            let signatures: Vec<_> = routines.iter().map(|of| printer.signature(of)).collect();
            format!("5 {}", signatures.join(", "))
        }
        GrantObject::Future {
            namespace,
            made_by,
            kind,
        } => format!("6 {namespace} {kind:?} {made_by:?}"),
    }
}

fn add(rights: &mut Rights, on: &GrantObject, privilege: Privilege, columns: &[String]) {
    for privilege in expanded(privilege, on, !columns.is_empty()) {
        let rank = PRIVILEGES
            .iter()
            .position(|of| of == privilege)
            .unwrap_or_default();
        let columns = (!columns.is_empty()).then(|| columns.to_vec());
        rights
            .entry(rank)
            .and_modify(|known| {
                *known = match (known.take(), &columns) {
                    (Some(known), Some(more)) => Some([known, more.clone()].concat()),
                    _ => None,
                };
            })
            .or_insert(columns);
    }
}

/// What `ALL` means for the object. On a namespace, PostgreSQL has more privileges than the model.
fn expanded(privilege: Privilege, on: &GrantObject, of_columns: bool) -> &'static [Privilege] {
    const COLUMNS: &[Privilege] = &[
        Privilege::Select,
        Privilege::Insert,
        Privilege::Update,
        Privilege::References,
    ];
    const TABLE: &[Privilege] = &[
        Privilege::Select,
        Privilege::Insert,
        Privilege::Update,
        Privilege::Delete,
        Privilege::Truncate,
        Privilege::References,
        Privilege::Trigger,
    ];
    const SEQUENCE: &[Privilege] = &[Privilege::Select, Privilege::Update, Privilege::Usage];
    if privilege != Privilege::All {
        let itself = PRIVILEGES.iter().position(|of| *of == privilege);
        return itself
            .and_then(|index| PRIVILEGES.get(index..=index))
            .unwrap_or_default();
    }
    match on {
        GrantObject::Relations(_) if of_columns => COLUMNS,
        GrantObject::Relations(_) | GrantObject::AllTables(_) => TABLE,
        GrantObject::Sequences(_) => SEQUENCE,
        GrantObject::Routines(_) => &[Privilege::Execute],
        GrantObject::Namespaces(_) => &[Privilege::All],
        GrantObject::Future { kind, .. } => match kind {
            FutureKind::Tables => TABLE,
            FutureKind::Sequences => SEQUENCE,
            FutureKind::Routines => &[Privilege::Execute],
        },
    }
}

fn privileges(rights: Rights) -> Vec<(Privilege, Vec<String>)> {
    let right = |(rank, columns): (usize, Option<Vec<String>>)| {
        let privilege = *PRIVILEGES.get(rank)?;
        Some((privilege, sorted(&columns.unwrap_or_default())))
    };
    rights.into_iter().filter_map(right).collect()
}
