/// Who owns the rows of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ownership {
    /// The rows are the users.
    Owner,
    /// Each row belongs to the user in this column.
    Scope(&'static str),
    /// Each row belongs to the owner of the row that this column references.
    Through(&'static str),
    /// The rows belong to nobody and everybody may see them.
    Shared,
}

impl Ownership {
    /// Whether a row belongs to one user: all but [`Ownership::Shared`].
    pub const fn is_owned(self) -> bool {
        !matches!(self, Self::Shared)
    }
}
