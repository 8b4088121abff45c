use super::duplicates::duplicate_names;
use super::{Expr, QualifiedName, SchemaError, Table};
use crate::model::SchemaDef;
use crate::rules::{self, Violation};

/// A whole schema, owned: what the DDL is printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schema {
    pub(crate) schemas: Vec<String>,
    pub(crate) extensions: Vec<String>,
    pub(crate) enums: Vec<EnumType>,
    pub(crate) functions: Vec<TriggerFunction>,
    pub(crate) tables: Vec<Table>,
}

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
    /// unless two names are equal after they were cut to 63 bytes.
    pub fn validate(&self) -> Vec<Violation> {
        let mut found: Vec<_> = rules::all_violations(self).collect();
        found.extend(duplicate_names(self));
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

    /// The PostgreSQL schemas that its objects name.
    pub fn schemas(&self) -> &[String] {
        &self.schemas
    }

    /// The extensions that its types come from.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The enum types.
    pub fn enums(&self) -> &[EnumType] {
        &self.enums
    }

    /// The trigger functions.
    pub fn functions(&self) -> &[TriggerFunction] {
        &self.functions
    }

    /// The tables, in the order of `schema!`.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }
}

/// An enum type of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumType {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    pub comment: Option<String>,
    /// The labels, in order.
    pub labels: Vec<String>,
}

/// A trigger function that sets one column of the row to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerFunction {
    /// The name.
    pub name: String,
    /// The column that it sets.
    pub column: String,
    /// The value that it sets it to.
    pub value: Expr,
}
