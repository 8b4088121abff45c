use std::fmt;

/// A statement whose result depends on another owner's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leak {
    /// The table.
    pub table: &'static str,
    /// The name of the statement.
    pub statement: String,
    /// What the owner sees alone.
    pub alone: String,
    /// What the same owner sees beside another one.
    pub beside: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not isolated: the result of `{}` depends on another owner's rows\nalone:  {}\nbeside: {}",
            self.table, self.statement, self.alone, self.beside
        )
    }
}
