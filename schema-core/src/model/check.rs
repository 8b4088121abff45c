use super::Expr;

/// A check constraint of a table.
#[derive(Clone, Copy, Debug)]
pub struct CheckDef {
    /// The constraint's name; without one, `chk_{table}_{columns}`.
    pub name: Option<&'static str>,
    /// The condition.
    pub condition: Expr,
    /// The columns that the default name is made of.
    pub columns: &'static [&'static str],
}

impl CheckDef {
    /// A check over `columns`, without a name of its own.
    pub const fn new(columns: &'static [&'static str], condition: Expr) -> Self {
        Self {
            name: None,
            condition,
            columns,
        }
    }

    /// Names the constraint.
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }
}
