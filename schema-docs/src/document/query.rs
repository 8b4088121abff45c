/// A statement of Freehold on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryDoc {
    /// The call in Rust: `Order::by_status(status)`.
    pub rust: String,
    /// The SQL that it runs.
    pub sql: String,
}
