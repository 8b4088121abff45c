/// How large a table is expected to be.
#[derive(Clone, Debug, PartialEq)]
pub struct VolumeDoc {
    /// The rows at first.
    pub rows: u64,
    /// The rows that are added on each day.
    pub per_day: u64,
    /// The mean size of a row, in bytes, with its header and padding.
    pub row_bytes: u64,
    /// The sizes at several times.
    pub sizes: Vec<SizeDoc>,
    /// The mean widths that the sizes assume for columns of variable width, in bytes.
    pub assumed: Vec<(String, u64)>,
    /// The indexes whose size is not computed.
    pub not_computed: Vec<String>,
}

/// The size of a table at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SizeDoc {
    /// When: `in one year`.
    pub when: &'static str,
    /// The number of rows.
    pub rows: u64,
    /// The size of the table without its indexes, in bytes.
    pub table_bytes: u64,
    /// The size of the indexes, in bytes.
    pub index_bytes: u64,
}

impl SizeDoc {
    /// The size of the table with its indexes, in bytes.
    pub const fn bytes(&self) -> u64 {
        self.table_bytes.saturating_add(self.index_bytes)
    }
}
