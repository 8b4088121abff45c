use super::{Expr, SqlType, TableName};

/// A PostgreSQL domain: a type that restricts the values of another. Made by `#[derive(Domain)]`.
#[derive(Clone, Copy, Debug)]
pub struct DomainDef {
    /// The name.
    pub name: TableName,
    /// The type that it restricts.
    pub base: SqlType,
    /// The comment.
    pub comment: Option<&'static str>,
    /// The checks; `value` in them is the value that is checked.
    pub checks: &'static [DomainCheckDef],
}

impl DomainDef {
    /// A domain without checks: it allows every value of its base.
    pub const fn new(name: TableName, base: SqlType) -> Self {
        Self {
            name,
            base,
            comment: None,
            checks: &[],
        }
    }

    /// Sets the comment.
    pub const fn comment(mut self, comment: &'static str) -> Self {
        self.comment = Some(comment);
        self
    }

    /// Sets the checks.
    pub const fn checks(mut self, checks: &'static [DomainCheckDef]) -> Self {
        self.checks = checks;
        self
    }
}

/// A check of a domain.
#[derive(Clone, Copy, Debug)]
pub struct DomainCheckDef {
    /// The constraint's name; without one, `chk_{domain}`.
    pub name: Option<&'static str>,
    /// The condition.
    pub condition: Expr,
}
