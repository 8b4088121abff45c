//! The owned schema → SQL: up and down, one file per kind of object.
//!
//! A schema is printed as sections, in dependency order; each knows its way up and down. The whole script and the
//! numbered files are made of the same sections.

mod column;
mod comment;
mod constraint;
mod dialect;
mod expr;
mod files;
mod foreign_key;
mod index;
mod order;
mod owned_by;
mod partition;
mod postgres;
mod printer;
mod search;
mod section;
mod table;
mod trigger;
mod types;

pub use dialect::Dialect;
pub use files::DdlFile;
pub use postgres::Postgres;

use crate::ir::Schema;

impl Schema {
    /// The SQL that makes the schema in an empty database: tables in dependency order, foreign keys of a circle after them.
    ///
    /// The same schema always gives the same text; it ends with a newline, and is empty for an empty schema.
    pub fn up(&self, dialect: &dyn Dialect) -> String {
        let sections = section::sections(self, dialect);
        script(sections.iter().flat_map(|section| &section.up))
    }

    /// The SQL that takes the schema away again. No `CASCADE`: what was made by other means and hangs on it is not lost, the script stops.
    pub fn down(&self, dialect: &dyn Dialect) -> String {
        let sections = section::sections(self, dialect);
        script(sections.iter().rev().flat_map(|section| &section.down))
    }

    /// The same SQL as numbered files, one per table, each with an `-- UP` and a `-- DOWN` half. Applied in the order of
    /// their names, the upper halves make the schema; in reverse, the lower halves take it away.
    pub fn files(&self, dialect: &dyn Dialect) -> Vec<DdlFile> {
        files::files(&section::sections(self, dialect))
    }
}

/// Statements with an empty line between two that have several lines.
fn script<'a>(statements: impl Iterator<Item = &'a String>) -> String {
    let mut out = String::new();
    let mut after_block = false;
    for statement in statements {
        let block = statement.contains('\n');
        if !out.is_empty() && (block || after_block) {
            out.push('\n');
        }
        out.push_str(statement);
        out.push_str(";\n");
        after_block = block;
    }
    out
}
