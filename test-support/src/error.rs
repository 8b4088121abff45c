use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a server could not be started, or a command on it failed.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No directory with PostgreSQL's binaries was found.
    #[error(
        "no directory holds `initdb`, `postgres` and `psql`: \
         install them (`apt-get install postgresql`) or set `FREEHOLD_PG_BIN` to the directory that does"
    )]
    NoBinaries,
    /// `FREEHOLD_PG_BIN` is a directory without the binaries.
    #[error(
        "`FREEHOLD_PG_BIN` is `{}`, which lacks `initdb`, `postgres` or `psql`: \
         set it to the directory that holds all three, or unset it", .0.display()
    )]
    WrongBinaries(PathBuf),
    /// The tests run as root, and there is no other user to run the server as.
    #[error(
        "`/etc/passwd` has neither `postgres` nor `nobody`, and the server refuses to run as root: \
         add one of them, or run the tests as another user"
    )]
    NoAccount,
    /// The user of the server cannot reach its directory, because a parent belongs to root and is closed.
    #[error(
        "only its owner can enter `{}`, and the server does not run as root: \
         set `TMPDIR` to a directory that every user can reach, such as `/tmp`", .0.display()
    )]
    Unreachable(PathBuf),
    /// Another process took the port before the server started.
    #[error("port `{0}` was taken by another process: run the tests again")]
    PortTaken(u16),
    /// The server ended instead of starting.
    #[error("`postgres` did not start: see its log\n{log}")]
    NotStarted {
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// The server neither ended nor became ready.
    #[error("`postgres` was not ready in {seconds} s: see its log\n{log}")]
    NotReady {
        /// How long the test waited, in seconds.
        seconds: u64,
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// The server did not stop after it was told to.
    #[error("`postgres` had not stopped after {seconds} s: see its log\n{log}")]
    NotStopped {
        /// How long the test waited, in seconds.
        seconds: u64,
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// PgBouncer is not installed.
    #[error(
        "`pgbouncer` is missing: install it (`apt-get install pgbouncer`) or set `FREEHOLD_PGBOUNCER` to the program"
    )]
    NoPgbouncer,
    /// PgBouncer ended instead of starting, or no one could connect to it.
    #[error("`pgbouncer` did not start: see its log\n{log}")]
    PgbouncerNotStarted {
        /// What PgBouncer wrote.
        log: String,
    },
    /// `psql` failed.
    #[error("`psql` failed on database `{database}`: correct the SQL\n{stderr}")]
    Psql {
        /// The database that `psql` was connected to.
        database: String,
        /// What `psql` wrote to its standard error.
        stderr: String,
    },
    /// A file could not be read, written or run.
    #[error("could not use `{}`: {source}", path.display())]
    Io {
        /// The file, directory or program.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

impl Error {
    /// Adds the path to an I/O error; for `map_err`.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// Prints the message, because a test that returns an error prints its `Debug` form.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
