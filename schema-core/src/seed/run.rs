//! Writes the rows of a seed in one transaction.

use std::collections::BTreeMap;

use sqlx::postgres::PgConnection;

use super::error::SeedError;
use super::executor::Seeding;
use super::literal::listed;
use super::order::{self, Placed};
use super::report::{Outcome, SeedReport, SeedStatement, SeededTable};
use super::rows::{Row, Seed};
use super::server;
use crate::error::Error;
use crate::query::{Insert, Node, excluded};

/// Whether the rows remain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Real,
    Dry,
}

impl Seed {
    /// Writes the rows in one transaction. A second run changes nothing.
    ///
    /// The connection's role must not be under row-level security: connect as the schema's `admin` or as a superuser.
    ///
    /// # Errors
    ///
    /// See [`SeedError`]. Then nothing is written.
    pub async fn apply(&self, connection: &mut PgConnection) -> Result<SeedReport, SeedError> {
        self.run(Run::Real, connection).await
    }

    /// Does the same in a transaction that is rolled back, and reports the statements.
    ///
    /// # Errors
    ///
    /// As [`apply`](Self::apply).
    pub async fn dry_run(&self, connection: &mut PgConnection) -> Result<SeedReport, SeedError> {
        self.run(Run::Dry, connection).await
    }

    async fn run(&self, run: Run, connection: &mut PgConnection) -> Result<SeedReport, SeedError> {
        let schema = self.def.schema()?;
        let placed = order::sort(&schema, &self.rows)?;
        server::begin(connection).await?;
        let done = write(&placed, run, connection).await;
        let end = match run {
            Run::Real if done.is_ok() => "COMMIT",
            Run::Real | Run::Dry => "ROLLBACK",
        };
        let ended = server::run(connection, "end the transaction", end).await;
        done.and_then(|report| ended.map(|()| report))
    }
}

async fn write(
    placed: &[Placed<'_>],
    run: Run,
    connection: &mut PgConnection,
) -> Result<SeedReport, SeedError> {
    let mut report = SeedReport::default();
    let mut late = Vec::new();
    for table in placed {
        server::check_role(table, connection).await?;
    }
    for table in placed {
        late.extend(write_table(table, run, &mut report, connection).await?);
    }
    for row in late {
        row.set_late(run, &mut report, connection).await?;
    }
    let check = "SET CONSTRAINTS ALL IMMEDIATE";
    server::run(connection, "check the constraints", check).await?;
    // A sequence keeps its value when its transaction is rolled back.
    if run == Run::Real {
        for table in placed {
            server::set_sequences(table, connection).await?;
        }
    }
    Ok(report)
}

/// Writes the rows of a table. Returns those that still miss a reference.
async fn write_table<'s>(
    placed: &'s Placed<'s>,
    run: Run,
    report: &mut SeedReport,
    connection: &mut PgConnection,
) -> Result<Vec<Writing<'s>>, SeedError> {
    let mut counts = SeededTable::new(placed.table.name.to_string());
    let mut seen = BTreeMap::new();
    let mut late = Vec::new();
    for (at, row) in placed.rows.iter().enumerate() {
        let writing = Writing::new(row, at + 1, &placed.late, connection).await?;
        writing.refuse_twice(&mut seen)?;
        let outcome = writing.write(run, report, connection).await?;
        counts.count(outcome);
        if outcome == Outcome::Inserted && writing.is_late() {
            late.push(writing);
        }
    }
    report.tables.push(counts);
    Ok(late)
}

/// A row, with its key.
struct Writing<'s> {
    row: &'s Row,
    number: usize,
    /// The columns that find it, without the scope.
    named: Vec<usize>,
    /// All columns of the key, and their values.
    key: Vec<usize>,
    text: String,
    late: &'s [usize],
}

impl<'s> Writing<'s> {
    async fn new(
        row: &'s Row,
        number: usize,
        late: &'s [usize],
        connection: &mut PgConnection,
    ) -> Result<Self, SeedError> {
        let named = row.named_key(number)?;
        let key = row.whole_key(&named).map_err(|source| SeedError::Row {
            table: row.table(),
            row: number,
            key: "no key".to_owned(),
            source: Box::new(source),
        })?;
        let text = listed(&row.literals(&key, connection).await?);
        Ok(Self {
            row,
            number,
            named,
            key,
            text,
            late,
        })
    }

    fn is_late(&self) -> bool {
        let mut values = self.row.values.iter();
        values.any(|(at, _)| self.late.contains(at))
    }

    fn refuse_twice(&self, seen: &mut BTreeMap<String, usize>) -> Result<(), SeedError> {
        match seen.insert(self.text.clone(), self.number) {
            None => Ok(()),
            Some(first) => Err(SeedError::Twice {
                table: self.row.table(),
                first,
                row: self.number,
                key: self.text.clone(),
            }),
        }
    }

    /// Adds the row, or changes the existing one if that is asked for.
    async fn write(
        &self,
        run: Run,
        report: &mut SeedReport,
        connection: &mut PgConnection,
    ) -> Result<Outcome, SeedError> {
        let values = self.row.values.iter();
        let early: Vec<_> = values
            .filter(|(at, _)| !self.late.contains(at))
            .cloned()
            .collect();
        if self.send(early, &[], run, report, connection).await? > 0 {
            return Ok(Outcome::Inserted);
        }
        let updated = self.row.updated(&self.key);
        if !self.row.updates || updated.is_empty() {
            return Ok(Outcome::Unchanged);
        }
        let values = self.row.values.clone();
        let changed = self.send(values, &updated, run, report, connection).await?;
        Ok(if changed > 0 {
            Outcome::Updated
        } else {
            Outcome::Unchanged
        })
    }

    /// Sets the references that close a cycle.
    async fn set_late(
        &self,
        run: Run,
        report: &mut SeedReport,
        connection: &mut PgConnection,
    ) -> Result<(), SeedError> {
        let values = self.row.values.clone();
        let sent = self.send(values, self.late, run, report, connection);
        sent.await.map(drop)
    }

    /// Sends the upsert. Returns how many rows it added or changed.
    async fn send(
        &self,
        values: Vec<(usize, Node)>,
        set: &[usize],
        run: Run,
        report: &mut SeedReport,
        connection: &mut PgConnection,
    ) -> Result<u64, SeedError> {
        let meta = self.row.meta;
        let set = set.iter().map(|at| (*at, excluded(meta, *at))).collect();
        let insert = Insert::<super::rows::AnyTable>::over(meta, values);
        let upsert = insert.upsert_different(self.named.clone(), set);
        let executor = Seeding::new(&mut *connection, self.row.owner.clone());
        let changed = upsert.run(&executor).await;
        let changed = changed.map_err(|source| self.failed(source))?;
        if run == Run::Dry {
            let written = executor.into_written();
            self.report(written, report, connection).await?;
        }
        Ok(changed)
    }

    async fn report(
        &self,
        written: Vec<String>,
        report: &mut SeedReport,
        connection: &mut PgConnection,
    ) -> Result<(), SeedError> {
        let positions = self.row.positions();
        let values = self.row.literals(&positions, connection).await?;
        report
            .statements
            .extend(written.into_iter().map(|sql| SeedStatement {
                table: self.row.table(),
                row: self.number,
                values: values.clone(),
                sql,
            }));
        Ok(())
    }

    fn failed(&self, source: Error) -> SeedError {
        SeedError::Row {
            table: self.row.table(),
            row: self.number,
            key: self.text.clone(),
            source: Box::new(source),
        }
    }
}
