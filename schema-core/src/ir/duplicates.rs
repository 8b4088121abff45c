//! Two objects with one name. Tables, views, sequences and indexes share a namespace, and so do tables and types. The
//! default names are made, and cut to 63 bytes, only when the schema is built.

use std::collections::HashMap;

use super::Schema;
use super::duplicate_name::violation;
use super::duplicate_routines::duplicate_routines;
use super::duplicate_types::duplicate_types;
use crate::model::SchemaDef;
use crate::rules::Violation;

/// All names that two objects have.
pub(super) fn duplicate_names(schema: &SchemaDef, built: &Schema) -> Vec<Violation> {
    let mut found = relations(schema, built);
    found.extend(duplicate_types(schema, built));
    found.extend(duplicate_routines(schema, built));
    found
}

/// The names in the namespace of relations that two objects have: tables, views and sequences with their indexes and
/// partitions.
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

/// A relation with all names that it uses.
struct Relation<'a> {
    owner: &'static str,
    namespace: Option<&'a str>,
    names: Vec<&'a str>,
}

fn all_relations<'a>(schema: &SchemaDef, built: &'a Schema) -> Vec<Relation<'a>> {
    let tables = schema.tables.iter().map(|table| table.name.name);
    // The audit trail follows the declared tables.
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
