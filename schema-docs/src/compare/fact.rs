use std::collections::BTreeMap;

use crate::document::{ColumnDoc, Document, TableDoc};

/// An object of a document. The order is that of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) table: Option<String>,
    pub(super) kind: Kind,
    pub(super) name: String,
}

/// What an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Table,
    Column,
    Constraint,
    Index,
    Trigger,
    Policy,
    RowSecurity,
    Partition,
    View,
    Routine,
    Enum,
    Domain,
    Sequence,
    Rights,
    NotShown,
}

impl Kind {
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Column => "column",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
            Self::RowSecurity => "row-level security",
            Self::Partition => "partition",
            Self::View => "view",
            Self::Routine => "routine",
            Self::Enum => "enum type",
            Self::Domain => "domain",
            Self::Sequence => "sequence",
            Self::Rights => "rights of the role",
            Self::NotShown => "not modelled:",
        }
    }
}

type Facts = BTreeMap<Key, String>;

/// What a document says of each object. With `later`, tables and columns have the names that they have there.
pub(super) fn facts(document: &Document, later: Option<&Document>) -> Facts {
    let mut facts = Facts::new();
    for table in &document.tables {
        let renamed = later.and_then(|later| renamed(later, table));
        of_table(&mut facts, table, renamed);
    }
    of_schema(&mut facts, document);
    facts
}

/// The table of the later document that was this one.
fn renamed<'a>(later: &'a Document, table: &TableDoc) -> Option<&'a TableDoc> {
    let mut tables = later.tables.iter();
    tables.find(|other| {
        let was = other.renamed_from.as_deref().unwrap_or(&other.name);
        was == table.name || other.name == table.name
    })
}

fn of_table(facts: &mut Facts, table: &TableDoc, later: Option<&TableDoc>) {
    let place = later.map_or(&table.name, |later| &later.name);
    let mut add = |kind: Kind, name: &str, text: String| {
        let key = Key {
            table: Some(place.clone()),
            kind,
            name: name.to_owned(),
        };
        facts.insert(key, text);
    };
    add(Kind::Table, place, of_head(table));
    for column in &table.columns {
        let name = later.map_or(column.name.as_str(), |later| column_name(later, column));
        add(Kind::Column, name, of_column(column));
    }
    for constraint in &table.constraints {
        add(
            Kind::Constraint,
            &constraint.name,
            constraint.definition.clone(),
        );
    }
    for index in table
        .indexes
        .iter()
        .filter(|index| index.definition.is_some())
    {
        add(
            Kind::Index,
            &index.name,
            index.definition.clone().unwrap_or_default(),
        );
    }
    for trigger in &table.triggers {
        add(Kind::Trigger, &trigger.name, trigger.definition.clone());
    }
    for policy in &table.policies {
        add(Kind::Policy, &policy.name, policy.definition.clone());
    }
    if let Some(security) = &table.row_security {
        add(Kind::RowSecurity, place, security.to_string());
    }
    for partition in table.partitions.iter().flat_map(|all| &all.partitions) {
        add(Kind::Partition, &partition.name, partition.bound.clone());
    }
}

/// The column's name in the later table.
fn column_name<'a>(later: &'a TableDoc, column: &'a ColumnDoc) -> &'a str {
    let mut columns = later.columns.iter();
    let found = columns.find(|other| other.renamed_from.as_ref() == Some(&column.name));
    found.map_or(&column.name, |other| &other.name)
}

/// The name and the purpose.
fn of_head(table: &TableDoc) -> String {
    match &table.purpose {
        Some(purpose) => format!("{}: {purpose}", table.name),
        None => table.name.clone(),
    }
}

fn of_column(column: &ColumnDoc) -> String {
    let null = if column.is_nullable { "" } else { " NOT NULL" };
    let default = column.default.as_ref();
    let default = default.map_or_else(String::new, |default| format!(" DEFAULT {default}"));
    let marks = column.marks.iter();
    let marks = marks.map(|mark| format!("; {}", mark.sentence()));
    let mut marks: Vec<_> = marks.collect();
    // The order of constraints is not part of a schema.
    marks.sort();
    let labels =
        (!column.labels.is_empty()).then(|| format!("; one of {}", column.labels.join(", ")));
    let description = column.description.iter().map(|text| format!("; {text}"));
    let rest: String = marks.into_iter().chain(labels).chain(description).collect();
    format!("{} {}{null}{default}{rest}", column.name, column.sql_type)
}

fn of_schema(facts: &mut Facts, document: &Document) {
    let mut add = |kind: Kind, name: &str, text: String| {
        let key = Key {
            table: None,
            kind,
            name: name.to_owned(),
        };
        facts.insert(key, text);
    };
    for view in &document.views {
        add(Kind::View, &view.name, view.query.clone());
    }
    for routine in &document.routines {
        add(
            Kind::Routine,
            &routine.signature,
            routine.definition.clone(),
        );
    }
    for one in &document.enums {
        add(Kind::Enum, &one.name, one.labels.join(", "));
    }
    for one in &document.domains {
        add(
            Kind::Domain,
            &one.name,
            format!("{} {}", one.base, one.checks.join(" ")),
        );
    }
    for one in &document.sequences {
        add(Kind::Sequence, &one.name, one.definition.clone());
    }
    for role in &document.roles {
        let grants = role.grants.iter().map(|grant| grant.definition.clone());
        let properties = role.properties.iter().map(ToString::to_string);
        let all: Vec<_> = properties.chain(grants).collect();
        add(Kind::Rights, &role.name, all.join("; "));
    }
    for one in &document.not_shown {
        let definition = one.definition.clone();
        add(
            Kind::NotShown,
            &format!("{} {}", one.kind, one.name),
            definition.unwrap_or_else(|| one.kind.clone()),
        );
    }
}
