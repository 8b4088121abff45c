use super::Expr;

/// A check constraint of a table.
#[derive(Clone, Copy, Debug)]
pub struct CheckDef {
    /// The constraint's name; without one, `chk_{table}_{columns}`.
    pub name: Option<&'static str>,
    /// The condition.
    pub condition: Expr,
    /// The columns whose names are part of the default name.
    pub columns: &'static [&'static str],
}

impl CheckDef {
    /// A check over `columns` with the default name.
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
