/// Why a cursor cannot be used for a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CursorError {
    /// The text is not a cursor, or holds values that the list's columns cannot have.
    #[error("the cursor cannot be read; begin with the first page again")]
    Malformed,
    /// The cursor is from a list in another order.
    #[error("the cursor is from a list in another order; begin with the first page again")]
    OtherOrder,
}
