//! The owned schema of a const one, where it breaks no rule.

use super::cycles::dependency_cycles;
use super::duplicates::duplicate_names;
use super::exposing_views::exposing_views;
use super::{Schema, SchemaError};
use crate::model::SchemaDef;
use crate::rules::{self, Violation};

impl SchemaDef {
    /// The owned schema, which can be printed as DDL.
    ///
    /// # Errors
    ///
    /// Where the tables break a rule: [`SchemaError`] holds every violation.
    pub fn schema(&self) -> Result<Schema, SchemaError> {
        Schema::from_def(self)
    }

    /// Every rule of `schema!` again, and those that can only be asked at run time. Empty for a schema that compiled,
    /// unless two names are equal after they were cut to 63 bytes, views and functions need each other in a circle, or a view reads
    /// what it must not show.
    pub fn validate(&self) -> Vec<Violation> {
        let mut found: Vec<_> = rules::all_violations(self).collect();
        let built = Schema::build(self);
        found.extend(duplicate_names(self, &built));
        found.extend(dependency_cycles(self, &built));
        found.extend(exposing_views(self, &built));
        found
    }
}

impl Schema {
    /// The schema that `def` says, with every default name made.
    ///
    /// # Errors
    ///
    /// Where the tables break a rule: [`SchemaError`] holds every violation.
    pub fn from_def(def: &SchemaDef) -> Result<Self, SchemaError> {
        let violations = def.validate();
        if violations.is_empty() {
            Ok(Self::build(def))
        } else {
            Err(SchemaError::new(def.name, violations))
        }
    }
}
