use std::fmt;
use std::str::FromStr as _;

use sqlx::postgres::PgConnectOptions;

use super::error::MigrateError;
use super::event::{Event, Listener};
use super::execution::{Execution, Ran};
use super::file::File;
use super::history::Past;
use super::options::{Options, Repair, Target};
use super::pending::past;
use super::repair;
use super::session::RunnerSession;
use super::status::{self, Counted, Status};
use crate::migrate::{Direction, Directory, Migration};

/// Applies the migrations of a directory to a database, and reverts them.
///
/// ```no_run
/// use freehold_schema_migrate::migrate::Directory;
/// use freehold_schema_migrate::migrate::run::{Runner, Target};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let migrations = Directory::read("migrations")?;
/// let runner = Runner::from_url(migrations, "postgres://localhost/shop")?.on_event(|event| eprintln!("{event:?}"));
/// for ran in runner.up(Target::All).await? {
///     eprintln!("{} took {:?}", ran.version, ran.took);
/// }
/// # Ok(())
/// # }
/// ```
///
/// Dropping the future of a run closes its connections. A transaction that had begun is rolled back. A file that is not
/// a transaction continues with the next run.
pub struct Runner {
    directory: Directory,
    connect: PgConnectOptions,
    options: Options,
    listener: Box<Listener>,
}

impl fmt::Debug for Runner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Runner");
        shown
            .field("directory", &self.directory)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Runner {
    /// Creates a runner for the database of `connect`, whose role must be allowed to change the schema.
    pub fn new(directory: Directory, connect: PgConnectOptions) -> Self {
        Self {
            directory,
            connect,
            options: Options::default(),
            listener: Box::new(|_| {}),
        }
    }

    /// Creates a runner for the database of a URL.
    ///
    /// # Errors
    ///
    /// [`MigrateError::Url`] if the URL is not valid.
    pub fn from_url(directory: Directory, url: &str) -> Result<Self, MigrateError> {
        let connect = PgConnectOptions::from_str(url).map_err(MigrateError::Url)?;
        Ok(Self::new(directory, connect))
    }

    /// Sets the options.
    pub fn options(self, options: Options) -> Self {
        Self { options, ..self }
    }

    /// Calls `listener` for each event. It is called between the statements, so it must return soon.
    pub fn on_event(self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        Self {
            listener: Box::new(listener),
            ..self
        }
    }

    /// Applies pending migrations up to `target`, oldest first, and continues what was stopped on its way up.
    ///
    /// Returns the applied migrations.
    ///
    /// # Errors
    ///
    /// [`MigrateError`] if a migration may not run (then nothing has run), or if the database rejects a statement (then
    /// the migrations before it are applied).
    pub async fn up(&self, target: Target) -> Result<Vec<Ran>, MigrateError> {
        let choose = |past: &Past| status::to_apply(&self.directory, past, target, &self.options);
        self.run(Direction::Up, choose).await
    }

    /// Reverts the newest `count` migrations, newest first, and continues what was stopped on its way down.
    ///
    /// The files of one plan, whose names differ only by a number, are one migration.
    ///
    /// Returns the reverted files.
    ///
    /// # Errors
    ///
    /// As [`up`](Self::up), and if a down file is missing.
    pub async fn down(&self, count: usize) -> Result<Vec<Ran>, MigrateError> {
        self.take_back(count, Counted::Migrations).await
    }

    /// Like [`down`](Self::down), but `count` counts files.
    ///
    /// # Errors
    ///
    /// As [`down`](Self::down).
    pub async fn down_files(&self, count: usize) -> Result<Vec<Ran>, MigrateError> {
        self.take_back(count, Counted::Files).await
    }

    async fn take_back(&self, count: usize, counted: Counted) -> Result<Vec<Ran>, MigrateError> {
        let choose = |past: &Past| status::to_take_back(&self.directory, past, count, counted);
        self.run(Direction::Down, choose).await
    }

    /// Returns the state of each version, oldest first. It changes nothing and takes no lock.
    ///
    /// # Errors
    ///
    /// [`MigrateError`] if the database cannot be reached or the history cannot be read.
    pub async fn status(&self) -> Result<Vec<Status>, MigrateError> {
        let mut session = RunnerSession::open(&self.connect).await?;
        let past = past(&mut session.main).await.map_err(MigrateError::history);
        session.close().await;
        Ok(status::all(&self.directory, &past?))
    }

    /// Records the decision of a person about a version, and runs nothing.
    ///
    /// # Errors
    ///
    /// [`MigrateError`] if the version is not in a state for this repair, or if another runner is at work.
    pub async fn repair(&self, repair: Repair) -> Result<(), MigrateError> {
        let mut work = self.begin().await?;
        let done = repair::apply(&mut work, &self.directory, repair).await;
        work.end().await;
        done
    }

    /// Records that everything up to `version` is applied, and runs nothing.
    ///
    /// It is for a database that was created in another way.
    ///
    /// # Errors
    ///
    /// [`MigrateError`] if the history is not empty, if no file has the version, or if another runner is at work.
    pub async fn baseline(&self, version: i64) -> Result<(), MigrateError> {
        let mut work = self.begin().await?;
        let done = repair::baseline(&mut work, &self.directory, version).await;
        work.end().await;
        done
    }

    async fn run<'d>(
        &'d self,
        direction: Direction,
        choose: impl FnOnce(&Past) -> Result<Vec<&'d Migration>, MigrateError>,
    ) -> Result<Vec<Ran>, MigrateError> {
        let mut work = self.begin().await?;
        let ran = run_all(&mut work, direction, choose).await;
        work.end().await;
        ran
    }

    async fn begin(&self) -> Result<Execution<'_>, MigrateError> {
        let session = RunnerSession::open(&self.connect).await?;
        Execution::begin(session, &self.options, &*self.listener).await
    }
}

async fn run_all<'d>(
    work: &mut Execution<'_>,
    direction: Direction,
    choose: impl FnOnce(&Past) -> Result<Vec<&'d Migration>, MigrateError>,
) -> Result<Vec<Ran>, MigrateError> {
    let past = work.past().await?;
    let files: Result<Vec<_>, _> = choose(&past)?
        .into_iter()
        .map(|migration| File::of(migration, direction))
        .collect();
    let mut all = Vec::new();
    for file in files? {
        all.push(work.run(&file, &past).await?);
    }
    Ok(all)
}
