//! The const model → the owned schema. This module makes the default names, collects what several tables need, adds the
//! scope to foreign keys between scoped tables, and turns the isolation into policies and grants.

mod audit;
mod changed;
mod facts;
mod grants;
mod index;
pub(super) mod internal;
mod isolation;
mod partitions;
mod roles;
pub(super) mod routine;
mod routines;
mod sequences;
mod table;
mod texts;
mod triggers;
pub(super) mod types;
mod views;

use self::facts::{all_columns, is_audited, row_security};
use self::table::{ScopedKeys, TableBuilder};
use self::texts::sorted;
use super::sequence::Extension;
use super::{Expansion, Schema};
use crate::model::{ScalarType, SchemaDef};

impl Schema {
    /// Builds the schema of `def` without checking the rules.
    pub(crate) fn build(def: &SchemaDef) -> Self {
        let scoped = ScopedKeys::of(def);
        let tables = def
            .tables
            .iter()
            .map(|table| TableBuilder::new(table, def, &scoped).build());
        let tables: Vec<_> = tables.chain(audit::table(def)).collect();
        let mut schema = Self {
            roles: roles::roles(def),
            owner: row_security(def).and_then(|isolation| isolation.owner.map(str::to_owned)),
            schemas: namespaces(def),
            extensions: extensions(def),
            enums: types::enums(def),
            domains: types::domains(def),
            sequences: def.sequences.iter().map(Into::into).collect(),
            routines: routines::routines(def, &tables),
            tables,
            views: views::views(def),
            grants: Vec::new(),
            expansion: Expansion::default(),
        };
        schema.grants = grants::grants(def, &schema);
        schema
    }
}

impl super::Table {
    /// A table without its schema: the names of its constraints do not depend on the schema.
    #[cfg(feature = "postgres")]
    pub(crate) fn alone(def: &'static crate::model::TableDef) -> Self {
        let schema = SchemaDef::new("", &[]);
        let scoped = ScopedKeys::of(&schema);
        TableBuilder::new(def, &schema, &scoped).build()
    }
}

/// The PostgreSQL schemas that the DDL creates.
fn namespaces(def: &SchemaDef) -> Vec<String> {
    let tables = def.tables.iter().filter_map(|table| table.name.schema);
    let views = def.views.iter().filter_map(|view| view.name.schema);
    let routines = routine::written(def);
    let routines = routines.iter().filter_map(|routine| routine.name.schema);
    let sequences = def
        .sequences
        .iter()
        .filter_map(|sequence| sequence.name.schema);
    let extensions = def
        .extensions
        .iter()
        .filter_map(|extension| extension.schema);
    let audit = def.audit.table.schema.filter(|_| is_audited(def));
    let named = tables
        .chain(views)
        .chain(routines)
        .chain(sequences)
        .chain(extensions)
        .chain(types::namespaces(def))
        .chain(audit);
    sorted(named.filter(|name| *name != "public"))
}

/// The extensions: those that are declared, and those that the types of columns need.
fn extensions(def: &SchemaDef) -> Vec<Extension> {
    let named = def.extensions.iter().map(|extension| Extension {
        name: extension.name.to_owned(),
        schema: extension.schema.map(str::to_owned),
    });
    let mut extensions: Vec<_> = named.collect();
    let uses_citext = all_columns(def).any(|column| {
        let sql_type = super::SqlType::from(&column.sql_type);
        *sql_type.element() == super::SqlType::Scalar(ScalarType::Citext)
    });
    if uses_citext && extensions.iter().all(|other| other.name != "citext") {
        extensions.push(Extension {
            name: "citext".to_owned(),
            schema: None,
        });
    }
    extensions.sort();
    extensions
}
