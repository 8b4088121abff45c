//! A writer and a reader on their own connections. Each runs short statements one after another and measures their
//! time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, Postgres};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::Failure;
use crate::model::ACCOUNTS;

/// A pause between statements, so that two cores are enough for all processes.
const PAUSE: Duration = Duration::from_millis(1);

const UPDATE: &str = "UPDATE entries SET touched = touched + 1 WHERE id = $1";
const INSERT: &str =
    "INSERT INTO entries (id, account_id, number, amount, title, note, state, status)
     VALUES ($1, $2, $1, 1, 'title', 'note', 'open', 'open')";
const READ: &str = "SELECT touched, name FROM entries JOIN accounts ON accounts.id = account_id WHERE entries.id = $1";

/// A statement: when it began, how long it took, and the error that it ended with.
struct Ran {
    began: Instant,
    took: Duration,
    error: Option<String>,
}

/// The running writer and reader.
pub(crate) struct Load {
    is_over: Arc<AtomicBool>,
    writer: JoinHandle<Result<Vec<Ran>, sqlx::Error>>,
    reader: JoinHandle<Result<Vec<Ran>, sqlx::Error>>,
}

/// What one of them saw during a change.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) statements: usize,
    pub(crate) longest: Duration,
    pub(crate) errors: Vec<String>,
}

/// What both of them saw during a change.
pub(crate) struct Waits {
    pub(crate) writer: Seen,
    pub(crate) reader: Seen,
}

impl Load {
    pub(crate) async fn begin(url: &str, rows: i64) -> Result<Self, Failure> {
        let is_over = Arc::new(AtomicBool::new(false));
        let connect = || PgConnection::connect(url);
        let (one, other) = (connect().await?, connect().await?);
        Ok(Self {
            writer: tokio::spawn(run(one, Arc::clone(&is_over), move |n| write(n, rows))),
            reader: tokio::spawn(run(other, Arc::clone(&is_over), move |n| read(n, rows))),
            is_over,
        })
    }

    /// Stops both, and returns what they saw since `began`.
    pub(crate) async fn end(self, began: Instant) -> Result<Waits, Failure> {
        let ended = Instant::now();
        self.is_over.store(true, Ordering::Relaxed);
        let seen = |ran: Vec<Ran>| Seen::between(&ran, began, ended);
        Ok(Waits {
            writer: seen(self.writer.await??),
            reader: seen(self.reader.await??),
        })
    }
}

impl Seen {
    fn between(all: &[Ran], began: Instant, ended: Instant) -> Self {
        let mut seen = Self::default();
        let is_meanwhile = |ran: &&Ran| ran.began <= ended && ran.began + ran.took >= began;
        for ran in all.iter().filter(is_meanwhile) {
            seen.statements += 1;
            seen.longest = seen.longest.max(ran.took);
            seen.errors.extend(ran.error.clone());
        }
        seen
    }
}

type Statement = Query<'static, Postgres, PgArguments>;

/// Updates an existing row and inserts a new one, in turn.
fn write(number: i64, rows: i64) -> Statement {
    if number % 2 == 0 {
        return sqlx::query(UPDATE).bind(somewhere(number, rows));
    }
    sqlx::query(INSERT)
        .bind(rows + 1 + number)
        .bind(1 + number % ACCOUNTS)
}

fn read(number: i64, rows: i64) -> Statement {
    sqlx::query(READ).bind(somewhere(number, rows))
}

/// Spreads over all rows of the table, in the same way in each run. The factor is a prime.
fn somewhere(number: i64, rows: i64) -> i64 {
    1 + number.wrapping_mul(7_368_787).rem_euclid(rows)
}

async fn run(
    mut connection: PgConnection,
    is_over: Arc<AtomicBool>,
    statement: impl Fn(i64) -> Statement,
) -> Result<Vec<Ran>, sqlx::Error> {
    let mut all = Vec::new();
    for number in 0.. {
        if is_over.load(Ordering::Relaxed) {
            break;
        }
        let began = Instant::now();
        let done = statement(number).execute(&mut connection).await;
        all.push(Ran {
            began,
            took: began.elapsed(),
            error: refused(done.err())?,
        });
        sleep(PAUSE).await;
    }
    connection.close().await?;
    Ok(all)
}

/// The server's error, as text. A lost connection ends the run with an error.
fn refused(error: Option<sqlx::Error>) -> Result<Option<String>, sqlx::Error> {
    match error {
        Some(sqlx::Error::Database(error)) => Ok(Some(error.to_string())),
        Some(lost) => Err(lost),
        None => Ok(None),
    }
}

/// Runs `sql` in a transaction of another session, and keeps the transaction open for `time`.
pub(crate) async fn stay(
    url: String,
    sql: &'static str,
    time: Duration,
) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(&url).await?;
    connection
        .execute(AssertSqlSafe(format!("BEGIN; {sql}")))
        .await?;
    sleep(time).await;
    connection.execute("COMMIT").await?;
    connection.close().await
}
