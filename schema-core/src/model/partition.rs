use super::{Expr, ScalarType, SqlType};

/// How the rows of a table are distributed over its partitions.
#[derive(Clone, Copy, Debug)]
pub struct PartitionByDef {
    /// The strategy.
    pub strategy: PartitionStrategy,
    /// The columns of the partition key, in order.
    pub columns: &'static [&'static str],
}

/// A strategy of partitioning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PartitionStrategy {
    /// `RANGE`: the values between two bounds.
    Range,
    /// `LIST`: listed values.
    List,
    /// `HASH`: by the remainder of the key's hash.
    Hash,
}

/// A partition of a table.
#[derive(Clone, Copy, Debug)]
pub struct PartitionDef {
    /// The partition's name. The partition is in the PostgreSQL schema of its table.
    pub name: &'static str,
    /// The rows that it holds.
    pub bound: PartitionBound,
}

/// The rows that a partition holds.
#[derive(Clone, Copy, Debug)]
pub enum PartitionBound {
    /// Values from the first bound, which is included, to the second, which is not.
    Range(&'static [Expr], &'static [Expr]),
    /// These values.
    List(&'static [Expr]),
    /// The rows for which the hash of the key, divided by the modulus, has this remainder: modulus, then remainder.
    Hash(u32, u32),
    /// All rows that no other partition holds.
    Default,
}

/// Monthly partitions that are created ahead of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthlyPartitionsDef {
    /// The database function that creates the partitions, if there is one.
    pub function: Option<&'static str>,
    /// How many months ahead of the current one the function creates.
    pub ahead: u32,
}

impl MonthlyPartitionsDef {
    /// Monthly partitions that the application plans. A function, if one is named, creates three months ahead.
    pub const fn new() -> Self {
        Self {
            function: None,
            ahead: 3,
        }
    }

    /// The monthly partitions of a table whose partition key has the type `key`.
    ///
    /// # Panics
    ///
    /// Panics at compile time if `key` is not `date`, `timestamp` or `timestamptz`.
    #[track_caller]
    pub const fn over(key: SqlType) -> Self {
        let is_time = matches!(
            key,
            SqlType::Scalar(ScalarType::Date | ScalarType::Timestamp | ScalarType::TimestampTz)
        );
        assert!(
            is_time,
            "monthly partitions need a partition key of type `date`, `timestamp` or `timestamptz`; partition by such a column"
        );
        Self::new()
    }

    /// Names a database function that creates the partitions.
    pub const fn function(mut self, name: &'static str) -> Self {
        self.function = Some(name);
        self
    }

    /// Sets how many months ahead of the current one the function creates.
    pub const fn ahead(mut self, months: u32) -> Self {
        self.ahead = months;
        self
    }
}

impl Default for MonthlyPartitionsDef {
    fn default() -> Self {
        Self::new()
    }
}

impl PartitionByDef {
    /// A partition key of `columns`.
    pub const fn new(strategy: PartitionStrategy, columns: &'static [&'static str]) -> Self {
        Self { strategy, columns }
    }
}

impl PartitionDef {
    /// A partition `name` with the rows of `bound`.
    pub const fn new(name: &'static str, bound: PartitionBound) -> Self {
        Self { name, bound }
    }
}
