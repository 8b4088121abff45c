use super::Expr;
use crate::model::PolicyCommand;

/// A row-level-security policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The name.
    pub name: String,
    /// The command that it is for.
    pub command: PolicyCommand,
    /// Whether it narrows what the others give.
    pub restrictive: bool,
    /// The roles that it is for; none is `PUBLIC`.
    pub roles: Vec<String>,
    /// Which rows can be seen and changed.
    pub using: Option<Expr>,
    /// Which rows can be written.
    pub with_check: Option<Expr>,
}

/// Row-level security of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowSecurity {
    /// Whether it holds the table's owner too.
    pub force: bool,
}
