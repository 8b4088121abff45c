use super::{Expr, ScalarType, SqlType};

/// How the rows of a table are dealt out to its partitions.
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
    /// `RANGE`: from a value up to another.
    Range,
    /// `LIST`: one of some values.
    List,
    /// `HASH`: by the remainder of the key's hash.
    Hash,
}

/// A partition of a table.
#[derive(Clone, Copy, Debug)]
pub struct PartitionDef {
    /// The partition's name; it stands in the schema of its table.
    pub name: &'static str,
    /// The rows that it holds.
    pub bound: PartitionBound,
}

/// The rows that a partition holds.
#[derive(Clone, Copy, Debug)]
pub enum PartitionBound {
    /// From the first values, which are part of it, up to the second, which are not.
    Range(&'static [Expr], &'static [Expr]),
    /// These values.
    List(&'static [Expr]),
    /// Those whose hash, divided by the modulus, leaves the remainder.
    Hash(u32, u32),
    /// All that no other partition holds.
    Default,
}

/// Monthly partitions that are made ahead of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthlyPartitionsDef {
    /// The function of the database that makes them, where there is to be one.
    pub function: Option<&'static str>,
    /// How many months ahead of the current one the function makes.
    pub ahead: u32,
}

impl MonthlyPartitionsDef {
    /// Planned by the application, or by a function that makes three months ahead.
    pub const fn new() -> Self {
        Self {
            function: None,
            ahead: 3,
        }
    }

    /// Those of a table whose partition key has this type.
    ///
    /// # Panics
    ///
    /// At compile time, where it is no date and no time.
    #[track_caller]
    pub const fn over(key: SqlType) -> Self {
        let is_time = matches!(
            key,
            SqlType::Scalar(ScalarType::Date | ScalarType::Timestamp | ScalarType::TimestampTz)
        );
        assert!(
            is_time,
            "a month is a range of days, and the partition key is no `date`, `timestamp` or `timestamptz`; partition by a column that is"
        );
        Self::new()
    }

    /// Names a function of the database that makes them.
    pub const fn function(mut self, name: &'static str) -> Self {
        self.function = Some(name);
        self
    }

    /// Sets how many months ahead the function makes.
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
    /// A partition key.
    pub const fn new(strategy: PartitionStrategy, columns: &'static [&'static str]) -> Self {
        Self { strategy, columns }
    }
}

impl PartitionDef {
    /// A partition.
    pub const fn new(name: &'static str, bound: PartitionBound) -> Self {
        Self { name, bound }
    }
}
