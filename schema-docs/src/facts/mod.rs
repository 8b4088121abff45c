//! What a document says beside the objects of a schema.
//!
//! Structs know owners, finders, the states of enums and volumes. A database has objects that a schema does not describe.
//! A snapshot has neither.

mod column;
mod finder;
mod inspected;
#[cfg(feature = "postgres")]
mod of_database;
mod table;

use std::collections::BTreeMap;

use freehold_schema_core::ir::QualifiedName;
use freehold_schema_core::model::{Isolation, SchemaDef};

pub use column::ColumnFacts;
pub use finder::Finder;
pub(crate) use inspected::Noted;
pub use inspected::{Flaw, InspectedFacts, NotShown};
pub use table::{TableFacts, ViewFacts};

/// What structs or a database know beside the objects of a schema.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The schema's name in Rust: `SHOP`.
    pub name: Option<&'static str>,
    /// How one owner's rows are isolated from another's.
    pub isolation: Option<Isolation>,
    /// The facts of each table.
    pub tables: BTreeMap<QualifiedName, TableFacts>,
    /// The facts of each view.
    pub views: BTreeMap<QualifiedName, ViewFacts>,
    /// What inspection found in a database and the schema does not describe.
    pub inspected: InspectedFacts,
}

impl Facts {
    /// The facts of a schema.
    ///
    /// ```
    /// use freehold_schema_core::SchemaDef;
    /// use freehold_schema_docs::facts::Facts;
    ///
    /// static EMPTY: SchemaDef = SchemaDef::new("EMPTY", &[]);
    /// assert_eq!(Facts::of(&EMPTY).name, Some("EMPTY"));
    /// ```
    pub fn of(def: &SchemaDef) -> Self {
        let tables = def.tables.iter();
        let views = def.views.iter();
        Self {
            name: Some(def.name),
            isolation: Some(def.isolation_in_use()),
            tables: tables
                .map(|table| ((&table.name).into(), TableFacts::of(table)))
                .collect(),
            views: views
                .map(|view| ((&view.name).into(), ViewFacts::of(view)))
                .collect(),
            inspected: InspectedFacts::default(),
        }
    }

    /// The table whose rows own the rows of others.
    pub fn owner(&self) -> Option<&QualifiedName> {
        let mut tables = self.tables.iter();
        let (name, _) = tables.find(|(_, table)| table.is_owner())?;
        Some(name)
    }
}
