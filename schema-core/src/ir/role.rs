use super::{QualifiedName, Routine};
use crate::model::Privilege;

/// A role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[allow(clippy::struct_excessive_bools)] // They are facts, and independent of each other.
pub struct Role {
    /// The name.
    pub name: String,
    /// Whether it is there already.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub existing: bool,
    /// Whether it can sign in.
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
    /// Whether row-level security does not hold for it.
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

/// Rights on objects, given to a role.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Grant {
    /// The rights, each with its columns; none is all of them.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub privileges: Vec<(Privilege, Vec<String>)>,
    /// What they are on.
    pub on: GrantObject,
    /// The role that gets them.
    pub to: String,
}

/// What rights are given on.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum GrantObject {
    /// Tables and views.
    Relations(Vec<QualifiedName>),
    /// Everything that PostgreSQL calls a table in a namespace.
    AllTables(String),
    /// Sequences.
    Sequences(Vec<QualifiedName>),
    /// Functions and procedures.
    Routines(Vec<Routine>),
    /// PostgreSQL schemas.
    Namespaces(Vec<String>),
    /// What is made later in a namespace: `TABLES`, `SEQUENCES` or `ROUTINES`.
    Future {
        /// The PostgreSQL schema.
        namespace: String,
        /// The role that makes it, where it is not the one that runs the script.
        made_by: Option<String>,
        /// The kind of object.
        kind: FutureKind,
    },
}

/// A kind of object that default privileges are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum FutureKind {
    /// `TABLES`, views among them
    Tables,
    /// `SEQUENCES`
    Sequences,
    /// `ROUTINES`
    Routines,
}
