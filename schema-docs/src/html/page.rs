//! The page, from its templates.

use askama::Template;
use askama::filters::HtmlSafe;

use super::context::Context;
use super::csp;
use super::error::Error;
use crate::document::{
    Document, IndexDoc, Lock, Mark, MigrationDoc, ModuleDoc, Relationship, RoutineDoc, TableDoc,
    ViewDoc, by_module,
};
use crate::svg;

/// The parts of the one style of the page.
const STYLES: [&str; 5] = [
    include_str!("../../templates/page.css"),
    include_str!("../../templates/parts.css"),
    include_str!("../../templates/diagram.css"),
    svg::style::RULES,
    include_str!("../../templates/print.css"),
];

/// The one script of the page.
const SCRIPT: &str = include_str!("../../templates/page.js");

/// Writes a document as one HTML page. It needs no other file and sends nothing over the network.
///
/// `diagram_svg` is what [`svg`](crate::svg::svg) draws with [`SvgOptions::embedded`](crate::svg::SvgOptions::embedded).
/// It becomes part of the page as it is; an empty text is a page without a diagram.
///
/// Equal arguments give equal text. Each table has the `id` `t:users`, each column `c:users.email`.
///
/// ```
/// use freehold_schema_core::SchemaDef;
/// use freehold_schema_docs::document::Document;
/// use freehold_schema_docs::facts::Facts;
/// use freehold_schema_docs::html::html;
///
/// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
/// let document = Document::of(&EMPTY.schema()?, &Facts::of(&EMPTY));
/// assert!(html(&document, "")?.starts_with("<!DOCTYPE html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A template that fails.
pub fn html(document: &Document, diagram_svg: &str) -> Result<String, Error> {
    let at = Context::of(document);
    let style = STYLES.concat();
    let page = Page {
        at: &at,
        document,
        modules: by_module(document),
        has_purpose: document.tables.iter().any(|table| table.purpose.is_some()),
        has_owner: document
            .tables
            .iter()
            .any(|table| table.ownership.is_some()),
        diagram: diagram_svg.trim(),
        policy: csp::policy(&style, SCRIPT),
        style: &style,
        script: SCRIPT,
    };
    Ok(page.render()?)
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    at: &'a Context<'a>,
    document: &'a Document,
    modules: Vec<ModuleDoc<'a>>,
    /// Whether any table has a purpose, and a declared ownership: the list of all tables has columns for them.
    has_purpose: bool,
    has_owner: bool,
    diagram: &'a str,
    policy: String,
    style: &'a str,
    script: &'static str,
}

impl<'a> Page<'a> {
    const fn table(&self, table: &'a TableDoc) -> Table<'a> {
        Table { at: self.at, table }
    }

    const fn view(&self, view: &'a ViewDoc) -> View<'a> {
        View { at: self.at, view }
    }

    const fn routine(&self, routine: &'a RoutineDoc) -> Routine<'a> {
        Routine {
            at: self.at,
            routine,
        }
    }
}

#[derive(Template)]
#[template(path = "table.html")]
struct Table<'a> {
    at: &'a Context<'a>,
    table: &'a TableDoc,
}

impl<'a> Table<'a> {
    fn indexes(&self) -> Indexes<'a> {
        Indexes {
            at: self.at,
            relation: &self.table.name,
            indexes: &self.table.indexes,
        }
    }

    fn references(&self) -> References<'a> {
        References {
            at: self.at,
            name: &self.table.name,
            to_others: self.at.document.references_of(&self.table.name).collect(),
            from_others: self.at.document.references_to(&self.table.name).collect(),
        }
    }

    /// The migrations that changed the table.
    fn history(&self) -> Vec<&'a MigrationDoc> {
        let history = self.at.document.history.iter();
        history
            .filter(|migration| migration.tables.contains(&self.table.name))
            .collect()
    }

    fn definition(&self) -> String {
        self.table.definition.join("\n\n")
    }

    /// Where a lock is, with words for each place that the document names.
    fn place(lock: &Lock) -> &'static str {
        match lock.place {
            "Types" => "At compile time",
            "Statements" => "In each statement",
            "Database" => "In the database",
            "References" => "In foreign keys",
            other => other,
        }
    }
}

/// The references of a table in both directions.
#[derive(Template)]
#[template(path = "references.html")]
struct References<'a> {
    at: &'a Context<'a>,
    name: &'a str,
    to_others: Vec<&'a Relationship>,
    from_others: Vec<&'a Relationship>,
}

#[derive(Template)]
#[template(path = "indexes.html")]
struct Indexes<'a> {
    at: &'a Context<'a>,
    relation: &'a str,
    indexes: &'a [IndexDoc],
}

#[derive(Template)]
#[template(path = "view.html")]
struct View<'a> {
    at: &'a Context<'a>,
    view: &'a ViewDoc,
}

impl<'a> View<'a> {
    fn indexes(&self) -> Indexes<'a> {
        Indexes {
            at: self.at,
            relation: &self.view.name,
            indexes: &self.view.indexes,
        }
    }
}

#[derive(Template)]
#[template(path = "routine.html")]
struct Routine<'a> {
    at: &'a Context<'a>,
    routine: &'a RoutineDoc,
}

// Their templates escape what they contain.
impl HtmlSafe for Table<'_> {}
impl HtmlSafe for References<'_> {}
impl HtmlSafe for Indexes<'_> {}
impl HtmlSafe for View<'_> {}
impl HtmlSafe for Routine<'_> {}
