//! Rights: those of the isolation, and those written by hand.
//!
//! The application's role has only the rights that its statements need. It has no right
//! - to update a key or a scope, because a row could change its owner;
//! - to truncate, because row-level security does not apply to it;
//! - on a partition or a materialized view, because these have no policies.

use super::facts::{is_audited, row_security};
use super::routine::routine;
use super::texts::{owned, sorted};
use super::{internal, sequences};
use crate::ir::QualifiedName;
use crate::ir::role::{FutureKind, Grant, GrantObject};
use crate::ir::{Schema, Table};
use crate::model::{
    GrantDef, GrantOn, Identity, Ownership, Privilege, PrivilegeDef, RowSecurityDef, SchemaDef,
    TableDef, TableName,
};

/// The PostgreSQL schema of objects that name none, and the one of `on = all_tables`.
const NAMESPACE: &str = "public";

pub(super) fn grants(def: &SchemaDef, built: &Schema) -> Vec<Grant> {
    let mut grants = Vec::new();
    if let Some(isolation) = row_security(def) {
        grants.extend(of_role(def, built, &isolation));
        grants.extend(
            isolation
                .admin
                .into_iter()
                .flat_map(|admin| of_admin(def, built, admin)),
        );
    }
    grants.extend(
        def.grants
            .iter()
            .flat_map(|grant| written(def, grant, built)),
    );
    let grants = grants.into_iter();
    grants
        .flat_map(|grant| sequences::with_inserting(def, grant))
        .filter(|grant| !is_empty(&grant.on))
        .collect()
}

/// The rights of the application's role.
fn of_role(def: &SchemaDef, built: &Schema, isolation: &RowSecurityDef) -> Vec<Grant> {
    let to = |privileges: Vec<(Privilege, Vec<String>)>, on| Grant {
        privileges,
        on,
        to: isolation.role.to_owned(),
    };
    let mut grants = vec![to(
        vec![plain(Privilege::Usage)],
        GrantObject::Namespaces(open_namespaces(def, built)),
    )];
    grants.extend(def.tables.iter().filter_map(|table| {
        let on = GrantObject::Relations(vec![(&table.name).into()]);
        Some(to(privileges(table)?, on))
    }));
    grants.push(to(
        vec![plain(Privilege::Select)],
        GrantObject::Relations(security_invoker_views(def, built)),
    ));
    grants
}

/// The PostgreSQL schemas except that of the audit trail.
fn open_namespaces(def: &SchemaDef, built: &Schema) -> Vec<String> {
    let audit = def.audit.table.schema.filter(|_| is_audited(def));
    let is_open = |name: &&String| Some(name.as_str()) != audit;
    built.schemas.iter().filter(is_open).cloned().collect()
}

/// The application's rights on the rows of a table. It may do everything with owned rows except change their owner, may
/// only read shared rows, and has no rights on internal ones.
fn privileges(table: &TableDef) -> Option<Vec<(Privilege, Vec<String>)>> {
    match table.ownership {
        Ownership::Owner | Ownership::Scope(_) | Ownership::Through(_) => Some(of_owned(table)),
        Ownership::Shared => Some(vec![plain(Privilege::Select)]),
        Ownership::Internal => None,
    }
}

fn of_owned(table: &TableDef) -> Vec<(Privilege, Vec<String>)> {
    let mut privileges = vec![
        plain(Privilege::Select),
        plain(Privilege::Insert),
        plain(Privilege::Delete),
    ];
    let columns = changing_columns(table);
    if !columns.is_empty() {
        privileges.push((Privilege::Update, columns));
    }
    privileges
}

fn changing_columns(table: &TableDef) -> Vec<String> {
    let is_kept = |name: &str| {
        table.primary_key.columns.contains(&name)
            || table.ownership == Ownership::Scope(name_of(table, name))
    };
    let columns = table.columns.iter().filter(|column| {
        column.immutable.is_none()
            && column.generated.is_none()
            && column.identity != Some(Identity::Always)
            && !is_kept(column.name)
    });
    columns.map(|column| column.name.to_owned()).collect()
}

/// The name with the lifetime of the definition.
fn name_of(table: &TableDef, name: &str) -> &'static str {
    table.column(name).map_or("", |column| column.name)
}

/// The rights of the role that bypasses row-level security. It can read the audit trail but not write to it.
fn of_admin(def: &SchemaDef, built: &Schema, admin: &str) -> Vec<Grant> {
    let to = |privileges: &[Privilege], on| Grant {
        privileges: privileges.iter().map(|kind| plain(*kind)).collect(),
        on,
        to: admin.to_owned(),
    };
    let trail = QualifiedName::from(&def.audit.table);
    let tables = built.tables.iter().map(|table| &table.name);
    let tables = tables.filter(|name| **name != trail).cloned().collect();
    let mut read: Vec<_> = built.views.iter().map(|view| view.name.clone()).collect();
    if is_audited(def) {
        read.push(trail);
    }
    vec![
        to(
            &[Privilege::Usage],
            GrantObject::Namespaces(built.schemas.clone()),
        ),
        to(
            &[
                Privilege::Select,
                Privilege::Insert,
                Privilege::Update,
                Privilege::Delete,
            ],
            GrantObject::Relations(tables),
        ),
        to(&[Privilege::Select], GrantObject::Relations(read)),
    ]
}

fn written(schema: &SchemaDef, def: &GrantDef, built: &Schema) -> Vec<Grant> {
    let grant = |on| Grant {
        privileges: def.privileges.iter().map(privilege).collect(),
        on,
        to: def.to.to_owned(),
    };
    let mut grants = vec![grant(object(schema, &def.on, built))];
    if def.future {
        let future = future(schema, &def.on, built);
        grants.extend(future.into_iter().map(grant));
    }
    grants
}

/// The grants on future objects, one for each PostgreSQL schema that has such objects.
fn future(schema: &SchemaDef, on: &GrantOn, built: &Schema) -> Vec<GrantObject> {
    let Some(kind) = FutureKind::of(on) else {
        return Vec::new();
    };
    let namespaces = namespaces_of(&object(schema, on, built));
    let future = |namespace| GrantObject::Future {
        namespace,
        made_by: built.owner.clone(),
        kind,
    };
    namespaces.into_iter().map(future).collect()
}

/// The PostgreSQL schemas of the objects; `public` if there are no objects.
fn namespaces_of(objects: &GrantObject) -> Vec<String> {
    let names: Vec<_> = match objects {
        GrantObject::Relations(names) | GrantObject::Sequences(names) => names.iter().collect(),
        GrantObject::Routines(routines) => routines.iter().map(|routine| &routine.name).collect(),
        _ => Vec::new(),
    };
    let namespaces = names
        .iter()
        .map(|name| name.schema.as_deref().unwrap_or(NAMESPACE));
    let namespaces = sorted(namespaces);
    if namespaces.is_empty() {
        vec![NAMESPACE.to_owned()]
    } else {
        namespaces
    }
}

impl FutureKind {
    /// The kind of future objects, for a grant on all objects of a kind.
    fn of(on: &GrantOn) -> Option<Self> {
        match on {
            GrantOn::Tables | GrantOn::Views | GrantOn::AllTables => Some(Self::Tables),
            GrantOn::Sequences => Some(Self::Sequences),
            GrantOn::Routines => Some(Self::Routines),
            _ => None,
        }
    }
}

/// The objects of a grant. A grant on all objects of a kind excludes internal ones, which only a grant by name
/// includes.
fn object(schema: &SchemaDef, on: &GrantOn, built: &Schema) -> GrantObject {
    match on {
        GrantOn::Tables => GrantObject::Relations(
            built
                .tables
                .iter()
                .filter(|table| !is_trail(table, built) && !internal::is(schema, &table.name))
                .map(|table| table.name.clone())
                .collect(),
        ),
        GrantOn::Views => GrantObject::Relations(plain_views(schema, built)),
        GrantOn::Sequences => GrantObject::Sequences(
            built
                .sequences
                .iter()
                .map(|sequence| sequence.name.clone())
                .collect(),
        ),
        GrantOn::Routines => GrantObject::Routines(
            built
                .routines
                .iter()
                .filter(|routine| routine.source().is_some())
                .cloned()
                .collect(),
        ),
        GrantOn::AllTables => GrantObject::AllTables(NAMESPACE.to_owned()),
        GrantOn::Relations(names) => GrantObject::Relations(names_of(names)),
        GrantOn::SequenceNames(names) => GrantObject::Sequences(names_of(names)),
        GrantOn::RoutineDefs(defs) => {
            GrantObject::Routines(defs.iter().map(|def| routine(def)).collect())
        }
        GrantOn::Namespaces(names) => GrantObject::Namespaces(owned(names)),
    }
}

/// Whether the table is the audit trail, which only a grant by name could include.
fn is_trail(table: &Table, built: &Schema) -> bool {
    built
        .routines
        .iter()
        .any(|routine| matches!(&routine.body, crate::ir::Body::RecordChange(record) if record.trail == table.name))
}

fn plain_views(def: &SchemaDef, built: &Schema) -> Vec<QualifiedName> {
    let views = built.views.iter();
    let plain = views.filter(|view| !view.materialized && !internal::is(def, &view.name));
    plain.map(|view| view.name.clone()).collect()
}

/// The views to which row-level security applies. A view with its owner's rights needs a grant by hand: one of a
/// superuser shows all rows.
fn security_invoker_views(def: &SchemaDef, built: &Schema) -> Vec<QualifiedName> {
    let views = built.views.iter().filter(|view| {
        view.security_invoker && !view.materialized && !internal::is(def, &view.name)
    });
    views.map(|view| view.name.clone()).collect()
}

fn plain(kind: Privilege) -> (Privilege, Vec<String>) {
    (kind, Vec::new())
}

fn privilege(def: &PrivilegeDef) -> (Privilege, Vec<String>) {
    (def.kind, owned(def.columns))
}

fn names_of(names: &[TableName]) -> Vec<QualifiedName> {
    names.iter().map(Into::into).collect()
}

fn is_empty(on: &GrantObject) -> bool {
    match on {
        GrantObject::Relations(names) | GrantObject::Sequences(names) => names.is_empty(),
        GrantObject::Routines(routines) => routines.is_empty(),
        GrantObject::Namespaces(names) => names.is_empty(),
        GrantObject::AllTables(_) | GrantObject::Future { .. } => false,
    }
}
