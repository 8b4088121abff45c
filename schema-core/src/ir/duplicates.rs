//! Two objects of one name: tables and indexes share a namespace, and so do tables and enum types. Names are made, and cut to
//! 63 bytes, only when the schema is built.

use std::collections::HashMap;

use super::Schema;
use crate::model::{EnumDef, SchemaDef, TableDef, TableName};
use crate::rules::{DUPLICATE_NAME, Violation};

/// Every name that two objects have.
pub(super) fn duplicate_names(schema: &SchemaDef) -> Vec<Violation> {
    let mut found = relations(schema);
    found.extend(enums(schema));
    found
}

fn relations(schema: &SchemaDef) -> Vec<Violation> {
    let built = Schema::build(schema);
    let mut owner_of: HashMap<(Option<&str>, &str), &str> = HashMap::new();
    let mut found = Vec::new();
    for (table, def) in built.tables().iter().zip(schema.tables) {
        for name in table.relation_names() {
            let key = (table.name.schema.as_deref(), name);
            if let Some(other) = owner_of.insert(key, &table.name.name) {
                let of = format!("`{}`", table.name.name);
                found.push(violation(def, name, &of, &format!("`{other}`")));
            }
        }
    }
    found
}

/// Each native enum's type has a name of its own: no other enum's, and no table's, since a table is a type too.
fn enums(schema: &SchemaDef) -> Vec<Violation> {
    let mut seen: Vec<&EnumDef> = Vec::new();
    let mut found = Vec::new();
    for (table, def) in native_enums(schema) {
        let name = TableName::new(def.schema, def.name);
        let of_table = schema.tables.iter().any(|other| other.name.is(&name));
        let of_enum = seen.iter().any(|other| is_another(def, other));
        if of_table || of_enum {
            let other = if of_table { "a table" } else { "another enum" };
            found.push(violation(table, def.name, "an enum", other));
        }
        seen.push(def);
    }
    found
}

fn native_enums(schema: &SchemaDef) -> impl Iterator<Item = (&'static TableDef, &'static EnumDef)> {
    schema.tables.iter().flat_map(|table| {
        let columns = table.columns.iter().filter_map(|column| column.sql_enum);
        columns.filter(|def| def.native).map(|def| (*table, def))
    })
}

/// Whether two enums have one name and are not the same.
fn is_another(one: &EnumDef, other: &EnumDef) -> bool {
    let labels = |def: &EnumDef| {
        def.labels
            .iter()
            .map(|label| label.label)
            .collect::<Vec<_>>()
    };
    let name = |def: &EnumDef| TableName::new(def.schema, def.name);
    name(one).is(&name(other)) && labels(one) != labels(other)
}

fn violation(table: &TableDef, name: &str, of: &str, other: &str) -> Violation {
    let parts = [
        "the name `",
        name,
        "` of ",
        of,
        " is already used by ",
        other,
        "; give one of the two another `name`",
    ];
    Violation::new(&DUPLICATE_NAME, table, &parts)
}
