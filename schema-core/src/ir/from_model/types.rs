//! The native enums and the domains, each once, in the order in which tables use them.

use crate::ir::QualifiedName;
use crate::ir::names::Names;
use crate::ir::{Check, Domain, EnumType, RenamedLabel};
use crate::model::{DomainDef, EnumDef, Returns, RoutineDef, SchemaDef, SqlType};

pub(super) fn enums(def: &SchemaDef) -> Vec<EnumType> {
    let mut found: Vec<EnumType> = Vec::new();
    for (_, sql_enum) in native_enums(def) {
        let made = enum_type(sql_enum);
        if found.iter().all(|other| other.name != made.name) {
            found.push(made);
        }
    }
    found
}

pub(super) fn domains(def: &SchemaDef) -> Vec<Domain> {
    let mut found: Vec<Domain> = Vec::new();
    for (_, domain) in domain_defs(def) {
        let made = self::domain(domain);
        if found.iter().all(|other| other.name != made.name) {
            found.push(made);
        }
    }
    found
}

/// The type of a native enum.
pub(in crate::ir) fn enum_type(def: &EnumDef) -> EnumType {
    EnumType {
        name: QualifiedName::new(def.schema, def.name),
        comment: def.comment.map(str::to_owned),
        labels: def
            .labels
            .iter()
            .map(|label| label.label.to_owned())
            .collect(),
        renamed_labels: renamed_labels(def),
    }
}

/// The renamed labels.
pub(super) fn renamed_labels(def: &EnumDef) -> Vec<RenamedLabel> {
    let renamed = def.labels.iter().filter_map(|label| {
        label.renamed_from.map(|from| RenamedLabel {
            from: from.to_owned(),
            to: label.label.to_owned(),
        })
    });
    renamed.collect()
}

/// The domain, with its checks.
pub(in crate::ir) fn domain(def: &DomainDef) -> Domain {
    let name = QualifiedName::from(&def.name);
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
    let enums = native_enums(def).filter_map(|(_, sql_enum)| sql_enum.schema);
    enums.chain(domain_defs(def).filter_map(|(_, domain)| domain.name.schema))
}

/// The native enums, each with the table or function that uses it.
pub(in crate::ir) fn native_enums(
    def: &SchemaDef,
) -> impl Iterator<Item = (&'static str, &'static EnumDef)> {
    let of_columns = def.tables.iter().flat_map(|table| {
        let enums = table.columns.iter().filter_map(|column| column.sql_enum);
        enums.map(|sql_enum| (table.name.name, sql_enum))
    });
    let native = of_columns.filter(|(_, sql_enum)| sql_enum.native);
    native.chain(
        all_types(def).filter_map(|(user, sql_type)| match sql_type {
            SqlType::Enum(sql_enum) => Some((user, *sql_enum)),
            _ => None,
        }),
    )
}

/// The domains, each with the table or function that uses it.
pub(in crate::ir) fn domain_defs(
    def: &SchemaDef,
) -> impl Iterator<Item = (&'static str, &'static DomainDef)> {
    all_types(def).filter_map(|(user, sql_type)| match sql_type {
        SqlType::Domain(domain) => Some((user, *domain)),
        _ => None,
    })
}

/// The types of columns, then of the arguments and results of functions; of an array, the type of its elements.
fn all_types(def: &SchemaDef) -> impl Iterator<Item = (&'static str, &'static SqlType)> {
    let columns = def.tables.iter().flat_map(|table| {
        let types = table.columns.iter().map(|column| &column.sql_type);
        types.map(|sql_type| (table.name.name, sql_type))
    });
    let routines = def.routines.iter().flat_map(|routine| {
        let types = types_of(routine).into_iter();
        types.map(|sql_type| (routine.name.name, sql_type))
    });
    let types = columns.chain(routines);
    types.map(|(user, sql_type)| (user, element(sql_type)))
}

fn types_of(routine: &'static RoutineDef) -> Vec<&'static SqlType> {
    let arguments = routine.arguments.iter().map(|argument| &argument.sql_type);
    let mut types: Vec<_> = arguments.collect();
    match &routine.returns {
        Returns::Value(sql_type) | Returns::SetOf(sql_type) => types.push(sql_type),
        Returns::Table(columns) => types.extend(columns.iter().map(|column| &column.sql_type)),
        Returns::Void | Returns::Trigger => {}
    }
    types
}

fn element(sql_type: &'static SqlType) -> &'static SqlType {
    match sql_type {
        SqlType::Array(inner) => element(inner),
        other => other,
    }
}
