use super::{Domain, EnumType, Expansion, Extension, Grant, Role, Routine, Sequence, Table, View};

/// A whole schema, owned; the DDL is printed from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Schema {
    /// The roles, in the order in which they are created.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub roles: Vec<Role>,
    /// The role that owns all objects, if the schema names one.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub owner: Option<String>,
    /// The PostgreSQL schemas beside `public`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub schemas: Vec<String>,
    /// The extensions.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub extensions: Vec<Extension>,
    /// The enum types.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub enums: Vec<EnumType>,
    /// The domains.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub domains: Vec<Domain>,
    /// The sequences that no column owns.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub sequences: Vec<Sequence>,
    /// The functions and procedures.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub routines: Vec<Routine>,
    /// The tables.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub tables: Vec<Table>,
    /// The views and materialized views.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub views: Vec<View>,
    /// What roles may do with which objects.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub grants: Vec<Grant>,
    /// The objects that exist only for the previous release.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Expansion::is_empty")
    )]
    pub expansion: Expansion,
}

impl Schema {
    /// The roles.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The role that owns its objects; `None` is the role that creates them.
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

    /// The sequences, without those that columns own.
    pub fn sequences(&self) -> &[Sequence] {
        &self.sequences
    }

    /// The functions and procedures, including those of triggers.
    pub fn routines(&self) -> &[Routine] {
        &self.routines
    }

    /// The tables, in the order of `schema!`, and then the audit trail.
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

    /// The objects that exist only for the previous release: see `expand` of the migrations.
    pub fn expansion(&self) -> &Expansion {
        &self.expansion
    }
}
