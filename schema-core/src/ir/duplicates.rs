//! Two objects of one name: tables, views, sequences and indexes share a namespace, and so do tables and types. Names are made, and cut to
//! 63 bytes, only when the schema is built.

use std::collections::HashMap;

use super::Schema;
use super::duplicate_name::violation;
use super::duplicate_routines::duplicate_routines;
use super::duplicate_types::duplicate_types;
use crate::model::SchemaDef;
use crate::rules::Violation;

/// Every name that two objects have.
pub(super) fn duplicate_names(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let mut found = relations(schema, built);
    found.extend(duplicate_types(schema, built));
    found.extend(duplicate_routines(schema, built));
    found
}

/// What stands in the namespace of relations: tables, views and sequences, with what each brings along.
fn relations(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let mut owner_of: HashMap<(Option<&str>, &str), &str> = HashMap::new();
    let mut found = Vec::new();
    for Relation {
        owner,
        namespace,
        names,
    } in all_relations(schema, built)
    {
        for name in names {
            if let Some(other) = owner_of.insert((namespace, name), owner) {
                let of = format!("`{owner}`");
                found.push(violation(owner, name, &of, &format!("`{other}`")));
            }
        }
    }
    found
}

/// A relation with the names that it takes.
struct Relation<'a> {
    owner: &'static str,
    namespace: Option<&'a str>,
    names: Vec<&'a str>,
}

fn all_relations<'a>(schema: &SchemaDef, built: &'a Schema) -> Vec<Relation<'a>> {
    let tables = schema.tables.iter().map(|table| table.name.name);
    // After the declared tables stands the audit trail.
    let tables = tables.chain([schema.audit.table.name]).zip(built.tables());
    let tables = tables.map(|(owner, table)| Relation {
        owner,
        namespace: table.name.schema.as_deref(),
        names: table.relation_names().collect(),
    });
    let active = schema.tables.iter().filter_map(|table| table.active_view);
    let views = active.chain(schema.views.iter().map(|view| view.name.name));
    let views = views.zip(built.views()).map(|(owner, view)| Relation {
        owner,
        namespace: view.name.schema.as_deref(),
        names: view.relation_names().collect(),
    });
    let sequences = schema.sequences.iter().map(|sequence| sequence.name.name);
    let sequences = sequences
        .zip(built.sequences())
        .map(|(owner, sequence)| Relation {
            owner,
            namespace: sequence.name.schema.as_deref(),
            names: vec![&sequence.name.name],
        });
    tables.chain(views).chain(sequences).collect()
}
