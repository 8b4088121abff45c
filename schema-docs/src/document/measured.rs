/// What a database measures of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasuredDoc {
    /// The number of rows, as the planner estimates it; `None` if the table was never analyzed.
    pub rows: Option<u64>,
    /// The size of the table without its indexes, in bytes.
    pub table_bytes: u64,
    /// The size of the indexes, in bytes.
    pub index_bytes: u64,
    /// The indexes that no query has used since the statistics were reset.
    pub unused_indexes: Vec<String>,
}
