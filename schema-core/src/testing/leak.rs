use std::fmt;

/// A statement whose result depends on another owner's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leak {
    /// The table.
    pub table: &'static str,
    /// The statement.
    pub statement: String,
    /// What an owner sees alone.
    pub alone: String,
    /// What the same owner sees beside another.
    pub beside: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not isolated: `{}` tells whether another owner's rows are there\nalone:  {}\nbeside: {}",
            self.table, self.statement, self.alone, self.beside
        )
    }
}
