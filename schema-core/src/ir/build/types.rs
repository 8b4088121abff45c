//! The native enums and the domains, each once, in the order in which the tables use them.

use super::all_columns;
use crate::ir::names::{Names, QualifiedName};
use crate::ir::schema::EnumType;
use crate::ir::{Check, Domain};
use crate::model::{DomainDef, EnumDef, SchemaDef, SqlType};

pub(super) fn enums(def: &SchemaDef) -> Vec<EnumType> {
    let mut found: Vec<EnumType> = Vec::new();
    for sql_enum in native_enums(def) {
        let name = QualifiedName::new(sql_enum.schema, sql_enum.name);
        if found.iter().all(|other| other.name != name) {
            found.push(EnumType {
                name,
                comment: sql_enum.comment.map(str::to_owned),
                labels: sql_enum
                    .labels
                    .iter()
                    .map(|label| label.label.to_owned())
                    .collect(),
            });
        }
    }
    found
}

pub(super) fn domains(def: &SchemaDef) -> Vec<Domain> {
    let mut found: Vec<Domain> = Vec::new();
    for domain in domain_defs(def) {
        let name = QualifiedName::from(&domain.name);
        if found.iter().all(|other| other.name != name) {
            found.push(self::domain(domain, name));
        }
    }
    found
}

fn domain(def: &DomainDef, name: QualifiedName) -> Domain {
    let mut names = Names::default();
    for given in def.checks.iter().filter_map(|check| check.name) {
        names.given(given);
    }
    let checks = def.checks.iter().map(|check| Check {
        name: check
            .name
            .map_or_else(|| names.by_convention("chk", &name.name, []), str::to_owned),
        condition: (&check.condition).into(),
    });
    Domain {
        base: (&def.base).into(),
        comment: def.comment.map(str::to_owned),
        checks: checks.collect(),
        name,
    }
}

/// The PostgreSQL schemas of the types.
pub(super) fn namespaces(def: &SchemaDef) -> impl Iterator<Item = &'static str> {
    let enums = native_enums(def).filter_map(|sql_enum| sql_enum.schema);
    enums.chain(domain_defs(def).filter_map(|domain| domain.name.schema))
}

fn native_enums(def: &SchemaDef) -> impl Iterator<Item = &'static EnumDef> {
    let of_columns = all_columns(def).filter_map(|column| column.sql_enum);
    let native = of_columns.filter(|sql_enum| sql_enum.native);
    native.chain(
        all_types(def).filter_map(|sql_type| match element(sql_type) {
            SqlType::Enum(sql_enum) => Some(*sql_enum),
            _ => None,
        }),
    )
}

fn domain_defs(def: &SchemaDef) -> impl Iterator<Item = &'static DomainDef> {
    all_types(def).filter_map(|sql_type| match element(sql_type) {
        SqlType::Domain(domain) => Some(*domain),
        _ => None,
    })
}

/// The types of columns, then those of the arguments of functions.
fn all_types(def: &SchemaDef) -> impl Iterator<Item = &'static SqlType> {
    let columns = all_columns(def).map(|column| &column.sql_type);
    let arguments = def.routines.iter().flat_map(|routine| routine.arguments);
    columns.chain(arguments.map(|argument| &argument.sql_type))
}

fn element(sql_type: &'static SqlType) -> &'static SqlType {
    match sql_type {
        SqlType::Array(inner) => element(inner),
        other => other,
    }
}
