//! Measures a change on a copy of the database, while other sessions read and write there.

use std::time::{Duration, Instant, UNIX_EPOCH};

use freehold::Schema;
use freehold::migrate::run::{Options, Runner, Target};
use freehold::migrate::{Directory, NewMigration, plan_new};
use freehold::plan::HazardKind;
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;
use tokio::time::sleep;

use crate::Failure;
use crate::changes::Change;
use crate::load::{self, Load, Seen, Waits};
use crate::model::{self, Model};

/// How long the load runs before the change.
const BEFORE: Duration = Duration::from_millis(300);
/// How long the load runs if there is no change.
const NOTHING: Duration = Duration::from_secs(5);
/// How long a blocking transaction stays open: much longer than the lock timeout.
const OPEN: Duration = Duration::from_secs(8);
/// How long a statement of the load may take without a change.
const WITHOUT_CHANGE: Duration = Duration::from_millis(200);

/// The database with its rows, before any change.
pub(crate) struct Bench {
    database: Database,
    rows: i64,
}

/// How long a change took, and how long the others waited.
pub(crate) struct Measured {
    pub(crate) took: Duration,
    pub(crate) waits: Waits,
}

impl Bench {
    pub(crate) async fn new(rows: i64) -> Result<Self, Failure> {
        let database = Server::shared().create_database("under_load")?;
        let directory = tempfile::tempdir()?;
        write(&directory, &Model::before().schema()?, &[])?;
        runner(&directory, &database)?.up(Target::All).await?;
        database.psql(&model::rows(rows))?;
        Ok(Self { database, rows })
    }

    /// The load without a change.
    pub(crate) async fn nothing(&self) -> Result<Measured, Failure> {
        let work = async |_: &Database| {
            sleep(NOTHING).await;
            Ok(())
        };
        self.measure(None, work).await
    }

    /// The planned change, applied by the runner.
    pub(crate) async fn planned(&self, change: &Change) -> Result<Measured, Failure> {
        let directory = tempfile::tempdir()?;
        write(&directory, &Model::before().schema()?, &[])?;
        let mut model = Model::before();
        (change.edit)(&mut model);
        write(&directory, &model.schema()?, change.allow)?;
        let work = async |database: &Database| {
            runner(&directory, database)?.up(Target::All).await?;
            Ok(())
        };
        self.measure(change.beside, work).await
    }

    /// The naive SQL, in one transaction, with the settings of the server.
    pub(crate) async fn naive(&self, change: &Change) -> Result<Measured, Failure> {
        let work = async |database: &Database| {
            let mut connection = PgConnection::connect(&database.url()).await?;
            connection.execute(sqlx::raw_sql(change.naive)).await?;
            connection.close().await?;
            Ok(())
        };
        self.measure(change.beside, work).await
    }

    async fn measure(
        &self,
        beside: Option<&'static str>,
        work: impl AsyncFnOnce(&Database) -> Result<(), Failure>,
    ) -> Result<Measured, Failure> {
        let database = Server::shared().copy_database(&self.database)?;
        database.psql("CHECKPOINT")?;
        let load = Load::begin(&database.url(), self.rows).await?;
        let other = beside.map(|sql| tokio::spawn(load::stay(database.url(), sql, OPEN)));
        sleep(BEFORE).await;
        let began = Instant::now();
        work(&database).await?;
        let took = began.elapsed();
        let waits = load.end(began).await?;
        if let Some(other) = other {
            other.await??;
        }
        Ok(Measured { took, waits })
    }
}

/// Writes a migration to `schema`. The first migration is always the same, so every copy has it applied.
fn write(directory: &TempDir, schema: &Schema, allow: &[HazardKind]) -> Result<(), Failure> {
    let new = NewMigration {
        description: "change".to_owned(),
        reason: None,
        expand: false,
        allow: allow.to_vec(),
        now: UNIX_EPOCH + Duration::from_secs(1_795_789_845),
    };
    let written = plan_new(directory.path(), schema, &new)?;
    written
        .map(drop)
        .ok_or_else(|| "the plan has no steps".into())
}

fn runner(directory: &TempDir, database: &Database) -> Result<Runner, Failure> {
    let migrations = Directory::read(directory.path())?;
    Ok(Runner::from_url(migrations, &database.url())?)
}

impl Measured {
    /// The faults of a planned change: statements that failed or waited too long.
    pub(crate) fn faults(&self, name: &str) -> Vec<String> {
        let most = Options::default().lock_timeout + WITHOUT_CHANGE;
        let of = |who: &str, seen: &Seen| {
            let waited = (seen.longest > most)
                .then(|| format!("{name}: {who} waited {} ms", seen.longest.as_millis()));
            let failed = seen.errors.first();
            let failed = failed.map(|error| {
                let count = seen.errors.len();
                format!("{name}: {count} statements of {who} failed, the first with: {error}")
            });
            waited.into_iter().chain(failed).collect::<Vec<_>>()
        };
        let Waits { writer, reader } = &self.waits;
        [of("the writer", writer), of("the reader", reader)].concat()
    }
}
