use super::{QualifiedName, Routine};
use crate::model::Privilege;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::struct_excessive_bools)] // They are independent facts.
pub struct Role {
    /// The name.
    pub name: String,
    /// Whether it already exists, so that the DDL does not create it.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub existing: bool,
    /// Whether it can log in.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub login: bool,
    /// Whether it has the rights of the roles that it is a member of without `SET ROLE`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub inherit: bool,
    /// Whether it bypasses row-level security.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub bypass_rls: bool,
    /// The roles that it is a member of.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub member_of: Vec<String>,
}

/// Rights on objects, granted to a role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Grant {
    /// The rights, each with its columns; an empty list is all columns.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub privileges: Vec<(Privilege, Vec<String>)>,
    /// The objects.
    pub on: GrantObject,
    /// The role that gets the rights.
    pub to: String,
}

/// The objects that rights are granted on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum GrantObject {
    /// Tables and views.
    Relations(Vec<QualifiedName>),
    /// Everything that PostgreSQL counts as a table in a PostgreSQL schema.
    AllTables(String),
    /// Sequences.
    Sequences(Vec<QualifiedName>),
    /// Functions and procedures.
    Routines(Vec<Routine>),
    /// PostgreSQL schemas.
    Namespaces(Vec<String>),
    /// Future objects in a PostgreSQL schema: `TABLES`, `SEQUENCES` or `ROUTINES`.
    Future {
        /// The PostgreSQL schema.
        namespace: String,
        /// The role that will create the objects, if it is not the one that runs the script.
        made_by: Option<String>,
        /// The kind of object.
        kind: FutureKind,
    },
}

/// A kind of object that default privileges apply to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum FutureKind {
    /// `TABLES`, including views
    Tables,
    /// `SEQUENCES`
    Sequences,
    /// `ROUTINES`
    Routines,
}
