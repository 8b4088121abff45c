//! What a caller asks for.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use freehold_schema_core::Month;

use crate::random::Random;
use crate::value::{Date, Value};

/// A generator that is written by hand.
pub(crate) type Generator = Arc<dyn Fn(RowContext<'_>) -> Value + Send + Sync>;

#[derive(Clone)]
pub(crate) struct Options {
    pub(crate) rows: u64,
    /// The number of owners; by default the square root of the number of rows, rounded down.
    pub(crate) owners: Option<u64>,
    pub(crate) seed: u64,
    pub(crate) tables: Vec<(String, u64)>,
    pub(crate) until: Date,
    pub(crate) skewed: bool,
    pub(crate) generators: BTreeMap<(String, String), Generator>,
    /// The months for which the database has partitions, by table.
    pub(crate) months: BTreeMap<String, Vec<Month>>,
}

impl Options {
    pub(crate) fn owners(&self) -> u64 {
        self.owners.unwrap_or_else(|| self.rows.isqrt())
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            rows: 100,
            owners: None,
            seed: 0,
            tables: Vec::new(),
            // 2026-01-01
            until: Date::from_days(20_454),
            skewed: false,
            generators: BTreeMap::new(),
            months: BTreeMap::new(),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("rows", &self.rows)
            .field("owners", &self.owners())
            .field("seed", &self.seed)
            .field("tables", &self.tables)
            .field("until", &self.until)
            .field("skewed", &self.skewed)
            .field("generators", &self.generators.keys())
            .field("months", &self.months)
            .finish()
    }
}

/// What a generator written by hand knows of a row.
///
/// The same row of the same seed has the same context, so that a generator that uses nothing else gives the same value
/// again.
#[derive(Debug)]
pub struct RowContext<'r> {
    pub(crate) table: &'r str,
    pub(crate) row: u64,
    pub(crate) owner: Option<u64>,
    pub(crate) row_of_owner: u64,
    pub(crate) random: Random,
}

impl RowContext<'_> {
    /// The table.
    pub const fn table(&self) -> &str {
        self.table
    }

    /// The number of the row in its table, from 0.
    pub const fn row(&self) -> u64 {
        self.row
    }

    /// The number of the row's owner, from 0; `None` in a shared or an internal table.
    pub const fn owner(&self) -> Option<u64> {
        self.owner
    }

    /// The number of the row among those of its owner, from 0.
    pub const fn row_of_owner(&self) -> u64 {
        self.row_of_owner
    }

    /// A random number below `end`; 0 if `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.random.below(end)
    }
}
