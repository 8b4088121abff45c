//! The diagram of a page.

use freehold_schema_core::ir::Schema;
use freehold_schema_docs::diagram::{Diagram, Selection};
use freehold_schema_docs::svg::{SvgOptions, svg};

/// Draws all tables of a schema; of many tables only the keys.
pub fn picture(schema: &Schema) -> String {
    let selection = Selection {
        keys_only: schema.tables.len() > 15,
        ..Selection::default()
    };
    svg(&Diagram::of(schema, &selection), &SvgOptions::embedded())
}
