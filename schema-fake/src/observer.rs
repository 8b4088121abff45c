/// Sees how far the filling is.
///
/// ```
/// use freehold_schema_fake::Observer;
///
/// struct Count(u64);
///
/// impl Observer for Count {
///     fn finished(&mut self, _table: &str, rows: u64) {
///         self.0 += rows;
///     }
/// }
/// ```
pub trait Observer {
    /// The rows of a table are being written.
    fn started(&mut self, table: &str, rows: u64) {
        let _ = (table, rows);
    }

    /// So many rows of the table have been sent.
    fn wrote(&mut self, table: &str, rows: u64) {
        let _ = (table, rows);
    }

    /// PostgreSQL has accepted all rows of the table.
    fn finished(&mut self, table: &str, rows: u64) {
        let _ = (table, rows);
    }
}

/// Sees nothing.
impl Observer for () {}
