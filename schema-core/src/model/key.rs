use super::Deferrable;

/// The primary key of a table.
#[derive(Clone, Copy, Debug)]
pub struct PrimaryKeyDef {
    /// The constraint's name; without one, `pk_{table}`.
    pub name: Option<&'static str>,
    /// The columns, in order.
    pub columns: &'static [&'static str],
}

impl PrimaryKeyDef {
    /// A primary key of `columns`.
    pub const fn new(columns: &'static [&'static str]) -> Self {
        Self {
            name: None,
            columns,
        }
    }

    /// Names the constraint.
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }
}

/// A unique constraint of a table.
///
/// A unique index that is partial or over an expression is an [`IndexDef`](super::IndexDef).
#[derive(Clone, Copy, Debug)]
pub struct UniqueDef {
    /// The constraint's name; without one, `uq_{table}_{columns}`.
    pub name: Option<&'static str>,
    /// The columns, in order.
    pub columns: &'static [&'static str],
    /// The columns that its index stores beside the key.
    pub include: &'static [&'static str],
    /// Whether nulls are equal to each other.
    pub nulls_not_distinct: bool,
    /// When it is checked.
    pub deferrable: Deferrable,
}

impl UniqueDef {
    /// A unique constraint over `columns`.
    pub const fn new(columns: &'static [&'static str]) -> Self {
        Self {
            name: None,
            columns,
            include: &[],
            nulls_not_distinct: false,
            deferrable: Deferrable::Never,
        }
    }

    /// Names the constraint.
    pub const fn name(mut self, name: &'static str) -> Self {
        self.name = Some(name);
        self
    }

    /// Stores `columns` beside the key of its index.
    pub const fn include(mut self, columns: &'static [&'static str]) -> Self {
        self.include = columns;
        self
    }

    /// Makes nulls equal to each other (`NULLS NOT DISTINCT`, PostgreSQL 15).
    pub const fn nulls_not_distinct(mut self) -> Self {
        self.nulls_not_distinct = true;
        self
    }

    /// Sets when it is checked.
    pub const fn deferrable(mut self, deferrable: Deferrable) -> Self {
        self.deferrable = deferrable;
        self
    }
}
