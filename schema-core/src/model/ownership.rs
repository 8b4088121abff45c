/// Who owns the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The rows are the users.
    Owner,
    /// Each row belongs to the user in this column.
    Scope(&'static str),
    /// Each row belongs to the owner of the row that this column references.
    Through(&'static str),
    /// The rows have no owner, and every user may see them.
    Shared,
    /// The rows have no owner, and no user reaches them: only [`Unscoped`](crate::Unscoped) does.
    Internal,
}

impl Ownership {
    /// Whether a row belongs to one user: all but [`Ownership::Shared`] and [`Ownership::Internal`].
    pub const fn is_owned(self) -> bool {
        match self {
            Self::Owner | Self::Scope(_) | Self::Through(_) => true,
            Self::Shared | Self::Internal => false,
        }
    }

    /// Whether every user may see the rows.
    pub const fn is_shared(self) -> bool {
        matches!(self, Self::Shared)
    }

    /// Whether no user can reach the rows.
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Internal)
    }

    /// The word that declares it, for messages.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Scope(_) | Self::Through(_) => "scope",
            Self::Shared => "shared",
            Self::Internal => "internal",
        }
    }
}
