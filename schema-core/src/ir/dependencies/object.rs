//! The objects that the dependency order contains.

use super::sql::Kind;
use crate::ir::{Domain, QualifiedName, Routine, Schema, Table, View};

const DEFAULT_SCHEMA: &str = "public";

/// An object that the dependency order contains.
#[derive(Clone, Copy)]
pub enum Object<'a> {
    /// A domain.
    Domain(&'a Domain),
    /// A function or a procedure.
    Routine(&'a Routine),
    /// A table.
    Table(&'a Table),
    /// A view or a materialized view.
    View(&'a View),
}

impl<'a> Object<'a> {
    pub(super) fn name(self) -> &'a QualifiedName {
        match self {
            Self::Domain(domain) => &domain.name,
            Self::Routine(routine) => &routine.name,
            Self::Table(table) => &table.name,
            Self::View(view) => &view.name,
        }
    }

    /// The PostgreSQL schema; `public` if the name has none.
    pub(super) fn schema(self) -> &'a str {
        self.name().schema.as_deref().unwrap_or(DEFAULT_SCHEMA)
    }

    /// The schemas in which it looks up names without a schema.
    pub(super) fn search_path(self) -> Vec<String> {
        let of_routine = match self {
            Self::Routine(routine) => routine.search_path.as_deref(),
            _ => None,
        };
        crate::sql::search_path(of_routine.unwrap_or(DEFAULT_SCHEMA))
    }

    pub(super) fn is(self, kind: Kind) -> bool {
        match kind {
            Kind::Relation => matches!(self, Self::Table(_) | Self::View(_)),
            Kind::Call(_) => matches!(self, Self::Routine(_)),
            Kind::Type => matches!(self, Self::Domain(_) | Self::Table(_) | Self::View(_)),
        }
    }

    /// Whether it is a routine that can be called with `count` arguments.
    pub(super) fn takes(self, count: usize) -> bool {
        let Self::Routine(routine) = self else {
            return false;
        };
        let required = routine.inputs().filter(|input| input.default.is_none());
        (required.count()..=routine.arguments.len()).contains(&count)
    }

    /// Its kind and its name, for messages.
    pub(super) fn title(self) -> String {
        let kind = match self {
            Self::Domain(_) => "domain",
            Self::Routine(_) => "function",
            Self::Table(_) => "table",
            Self::View(_) => "view",
        };
        format!("{kind} `{}`", self.name().name)
    }
}

/// The objects of a schema: domains, tables, views, functions.
pub(super) fn objects(schema: &Schema) -> Vec<Object<'_>> {
    let domains = schema.domains.iter().map(Object::Domain);
    let routines = schema.routines.iter().map(Object::Routine);
    let tables = schema.tables.iter().map(Object::Table);
    let views = schema.views.iter().map(Object::View);
    domains.chain(tables).chain(views).chain(routines).collect()
}
