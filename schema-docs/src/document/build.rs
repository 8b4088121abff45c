use std::collections::BTreeMap;

use freehold_schema_core::ir::Schema;

use super::access::{self, RoleDoc};
use super::enum_type::{self, DomainDoc, EnumDoc, SequenceDoc};
use super::history::MigrationDoc;
use super::measured::MeasuredDoc;
use super::overview::{self, Overview};
use super::relationship::{self, Relationship};
use super::routine::{self, RoutineDoc};
use super::table::{self, TableDoc};
use super::view::{self, ViewDoc};
use crate::facts::{Facts, NotShown};

/// What a document of a schema says.
#[derive(Clone, Debug)]
pub struct Document {
    /// The title.
    pub title: String,
    /// The schema at one glance.
    pub overview: Overview,
    /// The tables, in the order of the schema.
    pub tables: Vec<TableDoc>,
    /// The foreign keys between tables.
    pub relationships: Vec<Relationship>,
    /// The views.
    pub views: Vec<ViewDoc>,
    /// The functions and procedures, including those of triggers.
    pub routines: Vec<RoutineDoc>,
    /// The enum types.
    pub enums: Vec<EnumDoc>,
    /// The domains.
    pub domains: Vec<DomainDoc>,
    /// The sequences that no column owns.
    pub sequences: Vec<SequenceDoc>,
    /// The roles and their rights.
    pub roles: Vec<RoleDoc>,
    /// The migrations, the newest first.
    pub history: Vec<MigrationDoc>,
    /// What the database has and the rest of the document does not show, ordered by kind and name.
    pub not_shown: Vec<NotShown>,
    /// The PostgreSQL schemas of the database that contain objects and were not read.
    pub not_read: Vec<String>,
}

impl Document {
    /// The document of a schema, with what the structs know of it.
    ///
    /// Without facts (`Facts::default()`), the document says what the database's objects say.
    ///
    /// ```
    /// use freehold_schema_core::SchemaDef;
    /// use freehold_schema_docs::document::Document;
    /// use freehold_schema_docs::facts::Facts;
    ///
    /// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
    /// let document = Document::of(&EMPTY.schema()?, &Facts::of(&EMPTY));
    /// assert!(document.tables.is_empty());
    /// # Ok::<(), freehold_schema_core::SchemaError>(())
    /// ```
    pub fn of(schema: &Schema, facts: &Facts) -> Self {
        let usable = facts.inspected.usable(schema);
        let tables = schema.tables.iter();
        let views = schema.views.iter();
        Self {
            title: title(facts),
            overview: overview::overview(schema, facts),
            tables: tables
                .map(|table| table::table(schema, &usable, facts, table))
                .collect(),
            relationships: relationship::relationships(&usable, &facts.inspected),
            views: views
                .map(|view| view::view(schema, view, facts.views.get(&view.name)))
                .collect(),
            routines: routine::routines(&schema.routines),
            enums: enum_type::enums(schema),
            domains: enum_type::domains(schema, &facts.inspected),
            sequences: enum_type::sequences(schema),
            roles: access::roles(schema),
            history: Vec::new(),
            not_shown: facts.inspected.not_shown.clone(),
            not_read: facts.inspected.not_read.clone(),
        }
    }

    /// Sets the title: the name of a database, for a document that is not of structs.
    #[must_use]
    pub fn with_title(mut self, title: impl Into<String>) -> Self {
        self.title = title.into();
        self
    }

    /// Adds the migrations, the newest first.
    #[must_use]
    pub fn with_history(mut self, history: Vec<MigrationDoc>) -> Self {
        self.history = history;
        self
    }

    /// Adds what a database measures of each table, by the name that the document has for it.
    #[must_use]
    pub fn with_measured(mut self, mut measured: BTreeMap<String, MeasuredDoc>) -> Self {
        for table in &mut self.tables {
            table.measured = measured.remove(&table.name);
        }
        self
    }

    /// The references of a table to others.
    pub fn references_of<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Relationship> {
        self.relationships
            .iter()
            .filter(move |one| one.child == table)
    }

    /// The references of other tables to a table.
    pub fn references_to<'a>(&'a self, table: &'a str) -> impl Iterator<Item = &'a Relationship> {
        self.relationships
            .iter()
            .filter(move |one| one.parent == table)
    }
}

/// `SHOP` → `Shop`, or a title for a schema without a name in Rust.
fn title(facts: &Facts) -> String {
    let Some(name) = facts.name else {
        return "Database".to_owned();
    };
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let rest = letters.flat_map(char::to_lowercase);
    first
        .chain(rest)
        .map(|letter| if letter == '_' { ' ' } else { letter })
        .collect()
}
