//! What a seed did.

/// What a seed did with the rows of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeededTable {
    pub(super) name: String,
    pub(super) inserted: u64,
    pub(super) updated: u64,
    pub(super) unchanged: u64,
}

/// What happened to one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Inserted,
    Updated,
    Unchanged,
}

impl SeededTable {
    pub(super) const fn new(name: String) -> Self {
        Self {
            name,
            inserted: 0,
            updated: 0,
            unchanged: 0,
        }
    }

    pub(super) const fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Inserted => self.inserted += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    /// The table's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The number of rows that were not there.
    pub const fn inserted(&self) -> u64 {
        self.inserted
    }

    /// The number of rows that were there with other values, and were changed.
    pub const fn updated(&self) -> u64 {
        self.updated
    }

    /// The number of rows that were there and were left as they are.
    pub const fn unchanged(&self) -> u64 {
        self.unchanged
    }
}

/// A statement of a dry run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedStatement {
    pub(super) table: String,
    pub(super) row: usize,
    pub(super) values: Vec<(String, String)>,
    pub(super) sql: String,
}

impl SeedStatement {
    /// The table.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The number of the row among those of its table, from 1.
    pub const fn row(&self) -> usize {
        self.row
    }

    /// The columns of the row, each with its value as SQL. The value of a secret column is `(secret)`.
    pub fn values(&self) -> &[(String, String)] {
        &self.values
    }

    /// The statement, with parameters for the values.
    pub fn sql(&self) -> &str {
        &self.sql
    }
}

/// What a seed did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeedReport {
    pub(super) tables: Vec<SeededTable>,
    pub(super) statements: Vec<SeedStatement>,
}

impl SeedReport {
    /// The tables, in the order in which their rows are written.
    pub fn tables(&self) -> &[SeededTable] {
        &self.tables
    }

    /// The statements of a dry run; none after the rows were written.
    pub fn statements(&self) -> &[SeedStatement] {
        &self.statements
    }
}
