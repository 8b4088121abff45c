//! The documents of the six schemas of `examples/schemas`, read back and compared with PostgreSQL's catalogs.

#![allow(missing_docs)] // A program of tests.

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

mod catalog;
mod columns;
mod html;
mod inspected;
mod markdown;
mod queries;

use std::collections::BTreeSet;
use std::error::Error;

use freehold::docs::document::Document;
use freehold::docs::facts::Facts;
use freehold::docs::{Format, Options, files};
use freehold::{Postgres, Schema, SchemaDef};
use freehold_test_support::{Database, Server};

type TestResult = Result<(), Box<dyn Error>>;

#[test]
fn the_document_of_tasks_is_its_catalog() -> TestResult {
    document_is_catalog("tasks")
}

#[test]
fn the_document_of_orders_is_its_catalog() -> TestResult {
    document_is_catalog("orders")
}

#[test]
fn the_document_of_patterns_is_its_catalog() -> TestResult {
    document_is_catalog("patterns")
}

#[test]
fn the_document_of_storefront_is_its_catalog() -> TestResult {
    document_is_catalog("storefront")
}

#[test]
fn the_document_of_ecommerce_is_its_catalog() -> TestResult {
    document_is_catalog("ecommerce")
}

#[test]
fn the_document_of_shop_is_its_catalog() -> TestResult {
    document_is_catalog("shop")
}

#[test]
fn a_file_for_each_table_says_the_same_as_one_page() -> TestResult {
    for (name, def) in schemas::ALL {
        let whole = written(def, Format::Markdown, false)?;
        let split = written(def, Format::Markdown, true)?;
        let sections = |text: &str| markdown::facts(text);
        assert_eq!(sections(&whole), sections(&split), "`{name}`");
    }
    Ok(())
}

#[test]
fn the_same_schema_has_the_same_documents() -> TestResult {
    for (name, def) in schemas::ALL {
        let all = || {
            let mut options = Options::default();
            options.formats = Format::all().map(|(format, _)| format).collect();
            let (schema, facts) = (def.schema()?, Facts::of(def));
            let document = Document::of(&schema, &facts);
            Ok::<_, Box<dyn Error>>(files(&document, &schema, &facts, &options)?)
        };
        assert!(all()? == all()?, "the documents of `{name}` differ");
    }
    Ok(())
}

/// Every object of the catalog is in `SCHEMA.md` and in `schema.html`, and every object there is in the catalog.
fn document_is_catalog(name: &str) -> TestResult {
    let def = def(name)?;
    let database = loaded(&def.schema()?, name)?;
    let catalog = catalog::facts(&database)?;
    assert!(!catalog.is_empty(), "the catalog of `{name}` is empty");
    let document = markdown::facts(&written(def, Format::Markdown, false)?);
    assert_same(&format!("`SCHEMA.md` of `{name}`"), &document, &catalog);
    let page = html::facts(&written(def, Format::Html, false)?)?;
    assert_same(&format!("`schema.html` of `{name}`"), &page, &catalog);
    Ok(())
}

fn def(name: &str) -> Result<&'static SchemaDef, Box<dyn Error>> {
    let known = schemas::ALL.iter().find(|(known, _)| *known == name);
    let (_, def) = known.ok_or_else(|| format!("no schema is named `{name}`"))?;
    Ok(def)
}

fn loaded(schema: &Schema, name: &str) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database(name)?;
    database.psql(&schema.up(&Postgres))?;
    Ok(database)
}

/// The document of a schema; the files of tables follow the page.
fn written(def: &SchemaDef, format: Format, split: bool) -> Result<String, Box<dyn Error>> {
    let mut options = Options::default();
    options.formats = vec![format];
    options.split = split;
    let (schema, facts) = (def.schema()?, Facts::of(def));
    let document = Document::of(&schema, &facts);
    let files = files(&document, &schema, &facts, &options)?;
    Ok(files.into_iter().map(|file| file.contents).collect())
}

fn assert_same(name: &str, document: &BTreeSet<String>, catalog: &BTreeSet<String>) {
    let missing = catalog.difference(document);
    let missing = missing.map(|fact| format!("- {fact}\n"));
    let invented = document.difference(catalog);
    let invented = invented.map(|fact| format!("+ {fact}\n"));
    let difference: String = missing.chain(invented).collect();
    assert!(
        difference.is_empty(),
        "{name} lacks what has `-`, and invents what has `+`:\n{difference}"
    );
}
