use super::Expr;
use crate::model::PolicyCommand;

/// A row-level security policy.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Policy {
    /// The name.
    pub name: String,
    /// The command that it applies to.
    pub command: PolicyCommand,
    /// Whether it restricts what other policies allow.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub restrictive: bool,
    /// The roles that it applies to; empty is `PUBLIC`.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Vec::is_empty")
    )]
    pub roles: Vec<String>,
    /// Which rows can be seen and changed.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub using: Option<Expr>,
    /// Which rows can be written.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub with_check: Option<Expr>,
}

/// The row-level security of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RowSecurity {
    /// Whether it also applies to the table's owner.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub force: bool,
}
