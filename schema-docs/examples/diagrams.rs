//! Writes the diagrams of the example schemas, and of a schema with difficult names, into a directory.
//!
//! ```text
//! cargo run --package freehold-schema-docs --example diagrams -- DIR
//! ```
//!
//! Beside the diagrams of a schema, a JSON file lists what they must contain. `scripts/diagrams` compares it with what
//! the parsers of Mermaid, DBML and Graphviz read.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use freehold_schema_core::ddl::{Postgres, Types as _};
use freehold_schema_core::ir::{Column, EnumType, QualifiedName, Schema, Table};
use freehold_schema_docs::diagram::{
    DEFAULT_GROUP_LIMIT, DbmlOptions, Diagram, Entity, EntityColumn, Selection, dbml, dot, groups,
    mermaid,
};
use serde_json::{Value, json};

#[path = "../tests/diagrams/nasty.rs"]
mod nasty;
// A link to the schemas of the other examples, since the paths of SQL files in them are relative to the package.
mod schemas;

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1) else {
        return fail("name the directory: `cargo run --example diagrams -- DIR`");
    };
    match write_all(Path::new(&directory)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(message: &str) -> ExitCode {
    // If the message cannot be written, the exit status is all that is left.
    let _ = writeln!(io::stderr(), "error: {message}");
    ExitCode::FAILURE
}

fn write_all(directory: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(directory)?;
    for (name, def) in schemas::ALL {
        write_schema(directory, name, &Schema::from_def(def)?)?;
    }
    write_schema(directory, "nasty", &nasty::schema())?;
    write_schema(directory, "empty", &Schema::default())
}

fn write_schema(directory: &Path, name: &str, schema: &Schema) -> Result<(), Box<dyn Error>> {
    let path = |end: &str| -> PathBuf { directory.join(format!("{name}{end}")) };
    let mut options = DbmlOptions {
        name: Some(name.to_owned()),
        compat: false,
    };
    fs::write(path(".dbml"), dbml(schema, &options))?;
    options.compat = true;
    fs::write(path(".compat.dbml"), dbml(schema, &options))?;
    let mut diagrams = Vec::new();
    for (kind, selection) in selections(schema) {
        let diagram = Diagram::of(schema, &selection);
        fs::write(path(&format!(".{kind}.mmd")), mermaid(&diagram)?)?;
        fs::write(path(&format!(".{kind}.dot")), dot(&diagram))?;
        diagrams.push(json!({
            "file": format!("{name}.{kind}"),
            "entities": diagram.entities.iter().map(entity).collect::<Vec<_>>(),
            "references": diagram.references.len(),
        }));
    }
    let tables: Vec<_> = schema.tables.iter().map(table).collect();
    // DBML has no empty label and no enum without labels.
    let labels = |one: &EnumType| -> Vec<String> {
        let labels = one.labels.iter().filter(|label| !label.is_empty());
        labels.cloned().collect()
    };
    let enums = schema.enums.iter().map(labels);
    let expected = json!({
        "tables": tables,
        "enums": enums.filter(|labels| !labels.is_empty()).collect::<Vec<_>>(),
        "diagrams": diagrams,
    });
    Ok(fs::write(
        path(".json"),
        serde_json::to_string_pretty(&expected)?,
    )?)
}

/// The diagrams of a schema: with everything, with keys only and without the owner, and one for each group.
fn selections(schema: &Schema) -> Vec<(String, Selection)> {
    let users = QualifiedName::new(None, "users");
    let owner = schema.tables.iter().any(|table| table.name == users);
    let owner = owner.then_some(users);
    let groups = groups(schema, owner.as_ref(), DEFAULT_GROUP_LIMIT);
    let groups = groups.into_iter().enumerate().map(|(index, group)| {
        let selection = Selection {
            tables: Some(group.tables),
            owner: owner.clone(),
            ..Selection::default()
        };
        (format!("group{index}"), selection)
    });
    let keys = Selection {
        keys_only: true,
        owner: owner.clone(),
        ..Selection::default()
    };
    [
        ("all".to_owned(), Selection::default()),
        ("keys".to_owned(), keys),
    ]
    .into_iter()
    .chain(groups)
    .collect()
}

fn entity(entity: &Entity) -> Value {
    let keys = |column: &EntityColumn| {
        let keys = [
            column.is_primary,
            column.is_foreign,
            column.is_unique && !column.is_primary,
        ];
        keys.into_iter().filter(|has| *has).count()
    };
    let columns = entity.columns.iter();
    let columns = columns.map(|column| json!({ "name": column.name, "keys": keys(column) }));
    json!({ "name": entity.name, "columns": columns.collect::<Vec<_>>() })
}

fn table(table: &Table) -> Value {
    let names = |names: &mut dyn Iterator<Item = &String>| names.cloned().collect::<Vec<_>>();
    json!({
        "schema": table.name.schema.as_deref().unwrap_or("public"),
        "name": table.name.name,
        "comment": table.comment,
        "columns": table.columns.iter().map(|one| column(table, one)).collect::<Vec<_>>(),
        "references": names(&mut table.foreign_keys.iter().map(|one| &one.name)),
        "checks": names(&mut table.checks.iter().map(|one| &one.name)),
        "indexes": names(&mut table.indexes.iter().map(|one| &one.name)),
        "noted": names(&mut table.policies.iter().map(|one| &one.name)
            .chain(table.triggers.iter().map(|one| &one.name))
            .chain(table.partitions.iter().map(|one| &one.name))),
        "keys": keys(table),
    })
}

fn column(table: &Table, column: &Column) -> Value {
    let sql_type = if column.serial {
        Postgres.serial_name(&column.sql_type)
    } else {
        Postgres.type_name(&column.sql_type)
    };
    let keys = table.primary_key.iter().map(|key| &key.columns);
    json!({
        "name": column.name,
        "type": sql_type,
        "required": !column.nullable,
        "primary": keys.flatten().any(|name| *name == column.name),
        "default": column.default.is_some(),
        "comment": column.comment,
    })
}

/// The columns of the primary key and of the unique constraints.
fn keys(table: &Table) -> Vec<&[String]> {
    let primary = table.primary_key.iter().map(|key| key.columns.as_slice());
    let uniques = table.uniques.iter().map(|unique| unique.columns.as_slice());
    primary.chain(uniques).collect()
}
