use freehold_schema_core::SchemaDef;
use sqlx::PgConnection;

use crate::copy;
use crate::error::FakeError;
use crate::observer::Observer;
use crate::options::{Options, RowContext};
use crate::plan::Plan;
use crate::value::{Date, Value};

/// Fills the tables of a schema with made-up rows.
///
/// The rows keep every constraint, and a row references only rows of its own owner. The same seed gives the same rows;
/// a new column changes no value of another column.
///
/// ```no_run
/// # use freehold_schema_core::SchemaDef;
/// # static SHOP: SchemaDef = SchemaDef::new("SHOP", &[]);
/// # async fn fill(connection: &mut sqlx::PgConnection) -> Result<(), freehold_schema_fake::FakeError> {
/// use freehold_schema_fake::{Fakes, Value};
///
/// let report = Fakes::new(&SHOP)
///     .rows(100_000)
///     .owners(1_000)
///     .table("products", 500)
///     .column("orders", "note", |row| Value::from(format!("order {}", row.row())))
///     .fill(connection, &mut ())
///     .await?;
/// println!("{} rows", report.rows());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Fakes {
    def: &'static SchemaDef,
    options: Options,
}

impl Fakes {
    /// Made-up rows for a schema: 100 in each table, unless you ask for others.
    pub fn new(def: &'static SchemaDef) -> Self {
        Self {
            def,
            options: Options::default(),
        }
    }

    /// Sets the number of rows of each table. The table of owners has a row for each owner instead.
    pub fn rows(mut self, rows: u64) -> Self {
        self.options.rows = rows;
        self
    }

    /// Sets the number of owners; by default the square root of the number of rows, rounded down.
    pub fn owners(mut self, owners: u64) -> Self {
        self.options.owners = Some(owners);
        self
    }

    /// Sets the seed; by default 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.options.seed = seed;
        self
    }

    /// Sets the number of rows of one table, other than the table of owners: see [`owners`](Self::owners).
    pub fn table(mut self, table: &str, rows: u64) -> Self {
        self.options.tables.push((table.to_owned(), rows));
        self
    }

    /// Sets the day before which all rows were created and changed; by default 2026-01-01.
    ///
    /// It must be from 1970-01-01 to the day that the server has in UTC: in the future, checks against `now()` would
    /// fail.
    pub fn until(mut self, date: Date) -> Self {
        self.options.until = date;
        self
    }

    /// Gives a few owners most rows, by Zipf's law.
    pub fn skewed(mut self) -> Self {
        self.options.skewed = true;
        self
    }

    /// Sets the generator of a column. It decides alone: checks and keys of the column are up to it.
    ///
    /// Other rows may reference the column, so the generator must give the same value for the same row each time.
    pub fn column(
        mut self,
        table: &str,
        column: &str,
        generator: impl Fn(RowContext<'_>) -> Value + Send + Sync + 'static,
    ) -> Self {
        let name = (table.to_owned(), column.to_owned());
        self.options
            .generators
            .insert(name, std::sync::Arc::new(generator));
        self
    }

    /// Decides which rows there are. No database is needed: only declared partitions get rows.
    ///
    /// # Errors
    ///
    /// If the rows cannot exist: see [`FakeError`].
    pub fn plan(&self) -> Result<PlannedRows, FakeError> {
        let plan = Plan::new(self.def, &self.options)?;
        Ok(PlannedRows { plan })
    }

    /// Writes all rows in one transaction. The tables must be empty.
    ///
    /// The connection's role must not be under row-level security: connect as the schema's `admin` or as a superuser.
    ///
    /// # Errors
    ///
    /// If the rows cannot exist, or if PostgreSQL refuses them: see [`FakeError`]. Then no row is written.
    pub async fn fill(
        &self,
        connection: &mut PgConnection,
        observer: &mut (dyn Observer + Send),
    ) -> Result<Report, FakeError> {
        copy::begin(connection).await?;
        let filled = self.fill_begun(connection, observer).await;
        copy::end(connection, filled).await
    }

    async fn fill_begun(
        &self,
        connection: &mut PgConnection,
        observer: &mut (dyn Observer + Send),
    ) -> Result<Report, FakeError> {
        let mut fakes = self.clone();
        fakes.options.months = copy::months(self.def, connection).await?;
        let planned = fakes.plan()?;
        copy::fill(&planned.plan, connection, observer).await?;
        Ok(planned.report())
    }
}

/// The rows that [`Fakes`] makes.
#[derive(Debug)]
pub struct PlannedRows {
    plan: Plan,
}

impl PlannedRows {
    /// Writes the rows: see [`Fakes::fill`].
    ///
    /// # Errors
    ///
    /// As [`Fakes::fill`].
    pub async fn fill(
        &self,
        connection: &mut PgConnection,
        observer: &mut (dyn Observer + Send),
    ) -> Result<Report, FakeError> {
        copy::begin(connection).await?;
        let filled = copy::fill(&self.plan, connection, observer).await;
        copy::end(connection, filled).await?;
        Ok(self.report())
    }

    /// The tables with their numbers of rows, in the order in which they are filled.
    pub fn report(&self) -> Report {
        let tables = self.plan.order.iter().map(|at| &self.plan.tables[*at]);
        let tables = tables.map(|table| (table.name.to_string(), table.rows));
        Report {
            tables: tables.collect(),
        }
    }

    /// The statement `COPY .. FROM STDIN` of a table.
    ///
    /// # Errors
    ///
    /// [`FakeError::UnknownTable`].
    pub fn copy_statement(&self, table: &str) -> Result<String, FakeError> {
        let table = &self.plan.tables[self.position(table)?];
        let names = copy::names_of(table, &copy::written(table));
        Ok(copy::copy_statement(&copy::name_of(table), &names))
    }

    /// The first rows of a table, as the input of [`copy_statement`](Self::copy_statement). References that close a
    /// cycle of tables are null there.
    ///
    /// # Errors
    ///
    /// [`FakeError::UnknownTable`], and [`FakeError::Unsatisfied`] if a row passes no check.
    pub fn copy_text(&self, table: &str, rows: u64) -> Result<String, FakeError> {
        copy::text(&self.plan, self.position(table)?, rows)
    }

    fn position(&self, name: &str) -> Result<usize, FakeError> {
        let found = self
            .plan
            .tables
            .iter()
            .position(|table| table.goes_by(name));
        found.ok_or_else(|| FakeError::UnknownTable(name.to_owned()))
    }
}

/// How many rows each table has got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    tables: Vec<(String, u64)>,
}

impl Report {
    /// The tables, in the order in which they are filled, each with its number of rows.
    pub fn tables(&self) -> &[(String, u64)] {
        &self.tables
    }

    /// The number of all rows.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|(_, rows)| rows).sum()
    }
}
