//! Pages for the tests and for the example `pages`.
// Not every user of this module needs all of it.
#![allow(dead_code, unreachable_pub, clippy::expect_used)]

pub mod filled;
pub mod hostile;
pub mod large;
pub mod picture;
pub mod schemas;

use freehold_schema_core::SchemaDef;
use freehold_schema_core::ir::Schema;
use freehold_schema_docs::document::Document;
use freehold_schema_docs::facts::Facts;
use freehold_schema_docs::html::html;

/// A schema, its document and its page.
pub struct Page {
    pub schema: Schema,
    pub document: Document,
    pub html: String,
}

impl Page {
    pub fn of(schema: Schema, document: Document) -> Self {
        let html = html(&document, &picture::picture(&schema)).expect("the page");
        Self {
            schema,
            document,
            html,
        }
    }

    pub fn of_structs(def: &SchemaDef) -> Self {
        let schema = def.schema().expect("the schema");
        let document = Document::of(&schema, &Facts::of(def));
        Self::of(schema, document)
    }

    pub fn of_schema(schema: Schema) -> Self {
        let document = Document::of(&schema, &Facts::default());
        Self::of(schema, document)
    }
}
