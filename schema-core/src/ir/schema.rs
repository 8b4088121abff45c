use super::cycles::dependency_cycles;
use super::duplicates::duplicate_names;
use super::exposing_views::exposing_views;
use super::{
    Domain, Expansion, Extension, Grant, QualifiedName, Role, Routine, SchemaError, Sequence,
    Table, View,
};
use crate::model::SchemaDef;
use crate::rules::{self, Violation};

/// A whole schema, owned: what the DDL is printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "migrate", derive(serde::Serialize, serde::Deserialize))]
pub struct Schema {
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) roles: Vec<Role>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub(crate) owner: Option<String>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) schemas: Vec<String>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) extensions: Vec<Extension>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) enums: Vec<EnumType>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) domains: Vec<Domain>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) sequences: Vec<Sequence>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) routines: Vec<Routine>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) tables: Vec<Table>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) views: Vec<View>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub(crate) grants: Vec<Grant>,
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Expansion::is_empty")
    )]
    pub(crate) expansion: Expansion,
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

    /// The roles.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role that owns its objects; without one, whoever makes them.
    pub fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }

    /// The PostgreSQL schemas that its objects name.
    pub fn schemas(&self) -> &[String] {
        &self.schemas
    }

    /// The extensions.
    pub fn extensions(&self) -> &[Extension] {
        &self.extensions
    }

    /// The enum types.
    pub fn enums(&self) -> &[EnumType] {
        &self.enums
    }

    /// The domains.
    pub fn domains(&self) -> &[Domain] {
        &self.domains
    }

    /// The sequences, without those of columns.
    pub fn sequences(&self) -> &[Sequence] {
        &self.sequences
    }

    /// The functions and procedures, those of triggers among them.
    pub fn routines(&self) -> &[Routine] {
        &self.routines
    }

    /// The tables, in the order of `schema!`; after them the audit trail.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The views.
    pub fn views(&self) -> &[View] {
        &self.views
    }

    /// The rights.
    pub fn grants(&self) -> &[Grant] {
        &self.grants
    }

    /// What is there for the release before alone: see [`expand`](crate::expand).
    pub fn expansion(&self) -> &Expansion {
        &self.expansion
    }
}

/// An enum type of the database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "migrate", derive(serde::Serialize, serde::Deserialize))]
pub struct EnumType {
    /// The name.
    pub name: QualifiedName,
    /// The comment.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub comment: Option<String>,
    /// The labels, in order.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub labels: Vec<String>,
    /// The labels that were renamed, each with the one before.
    #[cfg_attr(
        feature = "migrate",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub renamed_labels: Vec<RenamedLabel>,
}

/// A label of an enum that had another text before.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "migrate", derive(serde::Serialize, serde::Deserialize))]
pub struct RenamedLabel {
    /// The label before.
    pub from: String,
    /// The label now.
    pub to: String,
}
