use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why there is no server, or no answer from it.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No directory of PostgreSQL's binaries was found.
    #[error(
        "no directory holds `initdb`, `postgres` and `psql`: \
         install them (`apt-get install postgresql`) or set `FREEHOLD_PG_BIN` to the directory that does"
    )]
    NoBinaries,
    /// `FREEHOLD_PG_BIN` names a directory without the binaries.
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
    /// The server's user cannot get to its directory, which is below one of root's own.
    #[error(
        "`{}` lets nobody but its owner pass, and the server does not run as root: \
         set `TMPDIR` to a directory that every user can get to, such as `/tmp`", .0.display()
    )]
    Unreachable(PathBuf),
    /// Another process took the port between its choice and the server's start.
    #[error("port `{0}` was taken by another process: run the tests again")]
    PortTaken(u16),
    /// The server ended instead of starting.
    #[error("`postgres` did not start: mend what its log says\n{log}")]
    NotStarted {
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// The server neither ended nor became ready.
    #[error("`postgres` was not ready in {seconds} s: mend what its log says\n{log}")]
    NotReady {
        /// How long was waited.
        seconds: u64,
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// The server was told to stop and did not.
    #[error("`postgres` had not stopped after {seconds} s: mend what its log says\n{log}")]
    NotStopped {
        /// How long was waited.
        seconds: u64,
        /// What `initdb` and the server wrote.
        log: String,
    },
    /// PgBouncer is not installed.
    #[error(
        "`pgbouncer` is missing: install it (`apt-get install pgbouncer`) or set `FREEHOLD_PGBOUNCER` to the program"
    )]
    NoPgbouncer,
    /// PgBouncer ended instead of starting, or nobody could connect to it.
    #[error("`pgbouncer` did not start: mend what its log says\n{log}")]
    PgbouncerNotStarted {
        /// What it wrote.
        log: String,
    },
    /// `psql` failed.
    #[error("`psql` failed on database `{database}`: mend what it was given\n{stderr}")]
    Psql {
        /// The database it was connected to.
        database: String,
        /// What it wrote to its standard error.
        stderr: String,
    },
    /// A file could not be used.
    #[error("`{}` cannot be used: {source}", path.display())]
    Io {
        /// The file, directory or program.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl Error {
    /// Says which path an I/O error is about; for `map_err`.
    pub(crate) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// The message: this is what a test that returns an error prints.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
