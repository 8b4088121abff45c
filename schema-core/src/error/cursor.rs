/// A text that is no cursor of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CursorError {
    /// It is no cursor at all.
    #[error("the cursor cannot be read; begin with the first page again")]
    Malformed,
    /// It is one of a list in another order.
    #[error("the cursor is of a list in another order; begin with the first page again")]
    OtherOrder,
}
