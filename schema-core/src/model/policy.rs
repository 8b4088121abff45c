use super::Expr;

/// A row-level security policy, written by hand.
#[derive(Clone, Copy, Debug)]
pub struct PolicyDef {
    /// The name.
    pub name: &'static str,
    /// The command that it applies to.
    pub command: PolicyCommand,
    /// Whether it restricts what other policies allow (`AS RESTRICTIVE`) instead of allowing more.
    pub restrictive: bool,
    /// The roles that it applies to; empty is `PUBLIC`.
    pub roles: &'static [&'static str],
    /// Which rows can be seen and changed.
    pub using: Option<Expr>,
    /// Which rows can be written; `None` is the condition of `using`.
    pub with_check: Option<Expr>,
}

impl PolicyDef {
    /// A permissive policy for all roles. It allows no row until a condition is set.
    pub const fn new(name: &'static str, command: PolicyCommand) -> Self {
        Self {
            name,
            command,
            restrictive: false,
            roles: &[],
            using: None,
            with_check: None,
        }
    }

    /// Makes it restrict what other policies allow.
    pub const fn restrictive(mut self) -> Self {
        self.restrictive = true;
        self
    }

    /// Sets the roles.
    pub const fn to(mut self, roles: &'static [&'static str]) -> Self {
        self.roles = roles;
        self
    }

    /// Sets which rows can be seen and changed.
    pub const fn using(mut self, condition: Expr) -> Self {
        self.using = Some(condition);
        self
    }

    /// Sets which rows can be written.
    pub const fn with_check(mut self, condition: Expr) -> Self {
        self.with_check = Some(condition);
        self
    }
}

/// The command that a policy applies to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PolicyCommand {
    /// All commands
    All,
    /// `SELECT`
    Select,
    /// `INSERT`
    Insert,
    /// `UPDATE`
    Update,
    /// `DELETE`
    Delete,
}
