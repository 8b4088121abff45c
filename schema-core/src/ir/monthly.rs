//! Monthly partitions that are planned ahead.

use std::fmt;

use super::names::prefix;
use super::{
    Expr, Partition, PartitionBound, PartitionBy, QualifiedName, RowSecurity, SqlType, Table,
};
use crate::model::{PartitionStrategy, ScalarType};

/// The length of the month in a partition's name, in bytes: `_2026_11`.
const SUFFIX_BYTES: usize = "_yyyy_mm".len();

/// Whether a partition has a name like the monthly ones of the table: `events_2026_11`.
pub fn is_monthly(table: &str, partition: &str) -> bool {
    let month = partition.strip_prefix(&prefix(table, SUFFIX_BYTES));
    let is_of = |c: char, place: char| match place {
        '_' => c == '_',
        _ => c.is_ascii_digit(),
    };
    month.is_some_and(|month| {
        let places = "_yyyy_mm".chars();
        month.len() == SUFFIX_BYTES && month.chars().zip(places).all(|(c, place)| is_of(c, place))
    })
}

/// A month of the Gregorian calendar, from the year 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Month {
    year: u16,
    month: u8,
}

impl Month {
    /// The last month that can have a partition: its range ends at the start of the next month.
    const LAST: Self = Self {
        year: 9999,
        month: 11,
    };

    /// Creates a month: the year is from 1 to 9999 and the month from 1 to 12. `None` for other numbers.
    pub const fn new(year: u16, month: u8) -> Option<Self> {
        if year >= 1 && year <= 9999 && month >= 1 && month <= 12 {
            Some(Self { year, month })
        } else {
            None
        }
    }

    /// The next month.
    pub const fn next(self) -> Self {
        if self.month == 12 {
            Self {
                year: self.year + 1,
                month: 1,
            }
        } else {
            Self {
                year: self.year,
                month: self.month + 1,
            }
        }
    }
}

/// Prints it as in ISO 8601: `2026-11`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// The reason why monthly partitions of a table cannot be planned.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum PartitionError {
    /// No table has the name.
    #[error("the schema has no table `{0}`; give the name that it has in the database")]
    UnknownTable(String),
    /// The table is not partitioned by a range of one date or time column.
    #[error(
        "`{0}` has no monthly partitions; they need `#[table(partition_by = range(..))]` over one column that is a date or a time"
    )]
    NotByTime(String),
    /// The last month is out of range.
    #[error("the last of `{count}` months from `{first}` is after the year 9999; plan fewer")]
    TooFar {
        /// The first month.
        first: Month,
        /// The number of months.
        count: u32,
    },
}

/// A table whose partitions are months.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MonthlyPartitions {
    /// The table.
    pub table: QualifiedName,
    /// The beginning of the partitions' names: the table's name, cut so that the month fits.
    pub prefix: String,
    /// Whether the key has a time zone. Then the months are those of UTC, in any session's time zone.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "std::ops::Not::not")
    )]
    pub with_time_zone: bool,
    /// The row-level security of the partitions, if the table has any.
    #[cfg_attr(
        feature = "serde",
        serde(default, skip_serializing_if = "Option::is_none")
    )]
    pub row_security: Option<RowSecurity>,
}

impl MonthlyPartitions {
    /// The monthly partitions of a table, if its partition key is a single date or time column.
    pub fn of(table: &Table) -> Option<Self> {
        let key = table.partition_by.as_ref().and_then(only_range_column)?;
        let column = table.columns.iter().find(|column| column.name == *key)?;
        let SqlType::Scalar(scalar) = column.sql_type else {
            return None;
        };
        let is_time = matches!(
            scalar,
            ScalarType::Date | ScalarType::Timestamp | ScalarType::TimestampTz
        );
        is_time.then(|| Self {
            table: table.name.clone(),
            prefix: prefix(&table.name.name, SUFFIX_BYTES),
            with_time_zone: scalar == ScalarType::TimestampTz,
            row_security: table.row_security,
        })
    }

    /// The partition of a month.
    pub fn partition(&self, month: Month) -> Partition {
        Partition {
            name: format!("{}_{:04}_{:02}", self.prefix, month.year, month.month),
            bound: PartitionBound::Range(
                vec![self.beginning(month)],
                vec![self.beginning(month.next())],
            ),
        }
    }

    fn beginning(&self, month: Month) -> Expr {
        let time = if self.with_time_zone {
            " 00:00:00+00"
        } else {
            ""
        };
        Expr::Text(format!("{month}-01{time}"))
    }
}

fn only_range_column(by: &PartitionBy) -> Option<&String> {
    match by.columns.as_slice() {
        [column] if by.strategy == PartitionStrategy::Range => Some(column),
        _ => None,
    }
}

pub(super) fn months(first: Month, count: u32) -> Result<Vec<Month>, PartitionError> {
    let mut months = Vec::new();
    let mut month = first;
    for _ in 0..count {
        if month > Month::LAST {
            return Err(PartitionError::TooFar { first, count });
        }
        months.push(month);
        month = month.next();
    }
    Ok(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn january_follows_december() {
        let months = Month::new(2026, 11).map(|first| months(first, 3));
        let written = months.map(|months| {
            let months = months.into_iter().flatten();
            months.map(|month| month.to_string()).collect::<Vec<_>>()
        });
        assert_eq!(
            written.as_deref(),
            Some(&["2026-11", "2026-12", "2027-01"].map(str::to_owned)[..])
        );
    }

    #[test]
    fn years_and_months_out_of_range_are_rejected() {
        for (year, month) in [(0, 1), (10_000, 1), (2026, 0), (2026, 13)] {
            assert_eq!(Month::new(year, month), None, "{year}-{month}");
        }
    }

    #[test]
    fn months_end_with_the_year_9999() {
        let beyond = Month::new(9999, 11).map(|first| months(first, 2).is_err());
        assert_eq!(beyond, Some(true));
    }
}
