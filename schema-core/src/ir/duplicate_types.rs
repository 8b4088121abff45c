//! Two types with one name: native enums, domains, and the row types of tables and views.

use super::duplicate_name::violation;
use super::from_model::types::{domain, domain_defs, enum_type, native_enums};
use super::{Domain, EnumType, QualifiedName, Schema};
use crate::model::SchemaDef;
use crate::rules::Violation;

/// A type that the schema creates.
#[derive(PartialEq)]
enum Made {
    Enum(EnumType),
    Domain(Domain),
}

impl Made {
    fn name(&self) -> &QualifiedName {
        match self {
            Self::Enum(made) => &made.name,
            Self::Domain(made) => &made.name,
        }
    }

    fn of(&self) -> &'static str {
        match self {
            Self::Enum(_) => "an enum",
            Self::Domain(_) => "a domain",
        }
    }
}

/// The types that have the name of another type, a table or a view.
pub(super) fn duplicate_types(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let mut seen: Vec<Made> = Vec::new();
    let mut found = Vec::new();
    for (user, made) in made_types(schema) {
        if seen.contains(&made) {
            continue;
        }
        if let Some(other) = row_type(built, made.name()).or_else(|| other_type(&made, &seen)) {
            found.push(violation(user, &made.name().name, made.of(), other));
        }
        seen.push(made);
    }
    found
}

/// The types of the schema, each with the table or function that uses it.
fn made_types(schema: &SchemaDef) -> impl Iterator<Item = (&'static str, Made)> {
    let enums = native_enums(schema).map(|(user, def)| (user, Made::Enum(enum_type(def))));
    let domains = domain_defs(schema).map(|(user, def)| (user, Made::Domain(domain(def))));
    enums.chain(domains)
}

/// The kind of relation whose row type has this name, if there is one.
fn row_type(built: &Schema, name: &QualifiedName) -> Option<&'static str> {
    let is_partition = |partition: &super::Partition| partition.name == name.name;
    let mut tables = built.tables().iter();
    let of_table = tables.any(|table| {
        table.name == *name
            || table.name.schema == name.schema && table.partitions.iter().any(is_partition)
    });
    let of_view = built.views().iter().any(|view| view.name == *name);
    match (of_table, of_view) {
        (true, _) => Some("a table"),
        (_, true) => Some("a view"),
        _ => None,
    }
}

/// The kind of another type with this name, if there is one.
fn other_type(made: &Made, seen: &[Made]) -> Option<&'static str> {
    let other = seen.iter().find(|other| other.name() == made.name())?;
    Some(match (made, other) {
        (Made::Enum(_), Made::Enum(_)) => "another enum",
        (Made::Domain(_), Made::Domain(_)) => "another domain",
        (_, other) => other.of(),
    })
}
