//! The names in the options of `schema!`: their length, reserved names and duplicates.

use std::collections::HashSet;

use crate::ast::{GrantOn, Names, Schema, Text};
use crate::errors::Errors;
use crate::validate::names::{length, reserved_schema};

/// Each name must have 1 to 63 bytes and no NUL.
pub(super) fn lengths(schema: &Schema, errors: &Errors) {
    let sequences = schema.sequences.iter().map(|sequence| &sequence.name);
    let extensions = schema.extensions.iter().map(|extension| &extension.name);
    let functions = schema.updated_at.iter().flat_map(|kept| &kept.function);
    let audit = schema.audit.iter().flat_map(|audit| &audit.table);
    let names = sequences.chain(extensions).chain(functions).chain(audit);
    let roles = super::roles::all(schema);
    for name in names.chain(roles).chain(schemas(schema)) {
        length(name, errors);
    }
}

/// Reports schema names that PostgreSQL reserves for its own schemas.
pub(super) fn taken_schemas(schema: &Schema, errors: &Errors) {
    for name in schemas(schema) {
        reserved_schema(name, errors);
    }
}

/// The names of PostgreSQL schemas.
fn schemas(schema: &Schema) -> impl Iterator<Item = &Text> {
    let sequences = schema
        .sequences
        .iter()
        .flat_map(|sequence| &sequence.schema);
    let extensions = schema
        .extensions
        .iter()
        .flat_map(|extension| &extension.schema);
    let audit = schema.audit.iter().flat_map(|audit| &audit.schema);
    let granted = schema.grants.iter().flat_map(|grant| &grant.on);
    sequences
        .chain(extensions)
        .chain(audit)
        .chain(granted.flat_map(words))
}

/// The sequences or PostgreSQL schemas that a grant names.
pub(super) fn words(on: &GrantOn) -> &[Text] {
    match &on.names {
        Some(Names::Words(words)) => words,
        _ => &[],
    }
}

/// Reports two sequences or two extensions of the same name.
pub(super) fn duplicates(schema: &Schema, errors: &Errors) {
    let mut seen = HashSet::new();
    for sequence in &schema.sequences {
        let namespace = sequence.schema.as_ref();
        let namespace = namespace.map_or("public", |schema| schema.value.as_str());
        if !seen.insert((namespace, &sequence.name.value)) {
            twice("sequence", &sequence.name, errors);
        }
    }
    let mut seen = HashSet::new();
    for extension in &schema.extensions {
        if !seen.insert(&extension.name.value) {
            twice("extension", &extension.name, errors);
        }
    }
}

pub(super) fn twice(what: &str, name: &Text, errors: &Errors) {
    let message = format!(
        "the {what} `{}` is already in this schema; write it once",
        name.value
    );
    errors.push_at(name.span, message);
}
