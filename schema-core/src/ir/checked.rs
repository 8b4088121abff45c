//! Builds the owned schema of a const one, if it breaks no rule.

use super::cycles::dependency_cycles;
use super::duplicates::duplicate_names;
use super::exposing_views::exposing_views;
use super::{Schema, SchemaError};
use crate::model::SchemaDef;
use crate::rules::{self, Violation};

impl SchemaDef {
    /// Builds the owned schema, which can be printed as DDL.
    ///
    /// # Errors
    ///
    /// Returns a [`SchemaError`] with all violations if the schema breaks a rule.
    pub fn schema(&self) -> Result<Schema, SchemaError> {
        Schema::from_def(self)
    }

    /// Checks all rules of `schema!` again, and those that can only be checked at run time.
    ///
    /// A schema that compiled can still have violations of the latter: two names are equal once they are cut to 63
    /// bytes, views and functions need each other in a cycle, or a view reads rows that it must not show.
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
    /// Builds the schema that `def` declares, with all default names.
    ///
    /// # Errors
    ///
    /// Returns a [`SchemaError`] with all violations if the schema breaks a rule.
    pub fn from_def(def: &SchemaDef) -> Result<Self, SchemaError> {
        let violations = def.validate();
        if violations.is_empty() {
            Ok(Self::build(def))
        } else {
            Err(SchemaError::new(def.name, violations))
        }
    }
}
