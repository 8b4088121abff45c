use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Error;
use crate::binaries::Binaries;
use crate::database::Database;
use crate::psql::Client;
use crate::watchdog::{Watchdog, log_path};

const SUPERUSER_DATABASE: &str = "postgres";
/// Settings that save time in tests. A temporary server need not survive a crash.
const SETTINGS: [&str; 8] = [
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "shared_buffers=16MB",
    "autovacuum=off",
    "timezone=UTC",
    "log_timezone=UTC",
    "listen_addresses=127.0.0.1",
];
const STARTS: usize = 5;
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
pub(crate) const PAUSE: Duration = Duration::from_millis(5);

/// How a server is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Ends the sessions with a message, and writes what was committed.
    Fast,
    /// Ends the processes at once. The next start recovers, as after a crash. Recent commits may be lost, because the
    /// settings of tests write late. A `CHECKPOINT` keeps what was committed before it.
    Immediate,
}

impl Stop {
    /// The signal for it (PostgreSQL manual, 18.5).
    fn signal(self) -> &'static str {
        match self {
            Self::Fast => "INT",
            Self::Immediate => "QUIT",
        }
    }
}

/// A PostgreSQL server in a temporary directory. It listens on a socket there and on a free port of `127.0.0.1`.
///
/// It ends when it is dropped or when the process ends, also by a panic or a signal. Its databases end with it.
#[derive(Debug)]
pub struct Server {
    client: Client,
    made: AtomicU32,
    // Fields are dropped in order: the server must stop before its directory is removed.
    watchdog: Watchdog,
    directory: TempDir,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    ///
    /// If PostgreSQL is not installed or does not start. The message contains the server's log or what to do.
    pub fn start() -> Result<Self, Error> {
        let binaries = Binaries::find()?;
        for _ in 1..STARTS {
            match Self::start_at(free_port()?, &binaries) {
                Err(Error::PortTaken(_)) => {}
                started => return started,
            }
        }
        Self::start_at(free_port()?, &binaries)
    }

    /// The server of this process. The first call starts it.
    ///
    /// # Panics
    ///
    /// If the server cannot be started. A test that needs it fails; it is never skipped.
    #[track_caller]
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Result<Server, Error>> = OnceLock::new();
        match SHARED.get_or_init(Self::start) {
            Ok(server) => server,
            #[expect(
                clippy::panic,
                reason = "only tests call this, and without a server they have to fail"
            )]
            Err(error) => panic!("{error}"),
        }
    }

    /// Creates an empty database whose name begins with `prefix`.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn create_database(&self, prefix: &str) -> Result<Database, Error> {
        self.create_from("template0", prefix)
    }

    /// Creates a copy of a database. No one may be connected to `of` meanwhile.
    ///
    /// # Errors
    ///
    /// [`Error::Psql`] with PostgreSQL's message.
    pub fn copy_database(&self, of: &Database) -> Result<Database, Error> {
        self.create_from(of.name(), of.name())
    }

    fn create_from(&self, template: &str, prefix: &str) -> Result<Database, Error> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}_{number}", plain(prefix));
        let sql = format!("CREATE DATABASE \"{name}\" TEMPLATE \"{template}\"");
        self.client.text(SUPERUSER_DATABASE, &sql)?;
        Ok(Database::new(self.client.clone(), name))
    }

    /// The directory of the server's socket, data and log. It is removed when the server ends.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The port on `127.0.0.1` that the server listens on.
    pub fn port(&self) -> u16 {
        self.client.port()
    }

    /// Stops the server and waits until it has ended. Its directory stays: [`start_again`](Self::start_again) uses
    /// it.
    ///
    /// # Errors
    ///
    /// If the server does not end.
    pub fn stop(&mut self, how: Stop) -> Result<(), Error> {
        self.watchdog.say(&format!("stop {}", how.signal()))?;
        let started = Instant::now();
        while !self.directory().join("stopped").exists() {
            if started.elapsed() > PATIENCE {
                return Err(Error::NotStopped {
                    seconds: PATIENCE.as_secs(),
                    log: log(self.directory()),
                });
            }
            thread::sleep(PAUSE);
        }
        Ok(())
    }

    /// Starts the stopped server in the same directory and on the same port, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// If the server does not start. The message contains its log.
    pub fn start_again(&mut self) -> Result<(), Error> {
        self.watchdog.say("start")?;
        wait(self.directory(), self.port())
    }

    /// Stops the server with [`stop`](Self::stop) and starts it with [`start_again`](Self::start_again).
    ///
    /// # Errors
    ///
    /// The errors of both.
    pub fn restart(&mut self, how: Stop) -> Result<(), Error> {
        self.stop(how)?;
        self.start_again()
    }

    fn start_at(port: u16, binaries: &Binaries) -> Result<Self, Error> {
        let directory = tempfile::Builder::new().prefix("freehold-").tempdir();
        let directory = directory.map_err(Error::at(&std::env::temp_dir()))?;
        let watchdog =
            Watchdog::start(directory.path(), binaries, &options(directory.path(), port))?;
        wait(directory.path(), port)?;
        Ok(Self {
            client: Client::new(&binaries.psql, directory.path(), port),
            made: AtomicU32::new(0),
            watchdog,
            directory,
        })
    }
}

fn options(directory: &Path, port: u16) -> Vec<String> {
    let place = [
        format!("port={port}"),
        format!("unix_socket_directories={}", directory.display()),
    ];
    let settings = SETTINGS.map(String::from).into_iter().chain(place);
    settings
        .flat_map(|setting| ["-c".to_owned(), setting])
        .collect()
}

/// A port that is free now. It is likely, not certain, that it is still free when the server starts to listen.
pub(crate) fn free_port() -> Result<u16, Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(Error::at(Path::new("127.0.0.1:0")))
}

/// Waits until the server is ready, as its own file reports, or has ended.
fn wait(directory: &Path, port: u16) -> Result<(), Error> {
    let started = Instant::now();
    while !is_ready(directory) {
        if directory.join("status").exists() {
            return Err(not_started(log(directory), port));
        }
        if started.elapsed() > PATIENCE {
            return Err(Error::NotReady {
                seconds: PATIENCE.as_secs(),
                log: log(directory),
            });
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}

fn is_ready(directory: &Path) -> bool {
    const STATUS_LINE: usize = 7;
    let file = fs::read_to_string(directory.join("data/postmaster.pid")).unwrap_or_default();
    file.lines()
        .nth(STATUS_LINE)
        .is_some_and(|line| line.trim_end() == "ready")
}

fn not_started(log: String, port: u16) -> Error {
    if log.contains("could not create any TCP/IP sockets") {
        return Error::PortTaken(port);
    }
    Error::NotStarted { log }
}

pub(crate) fn log(directory: &Path) -> String {
    let path = log_path(directory);
    fs::read_to_string(&path)
        .unwrap_or_else(|error| format!("`{}` cannot be read: {error}", path.display()))
}

/// A name that needs no quotes in SQL, in a URL or in a shell, and is short enough for PostgreSQL to keep it whole.
fn plain(prefix: &str) -> String {
    const LONGEST: usize = 40;
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    prefix.chars().take(LONGEST).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use std::error::Error as StdError;
    use std::net::{Ipv4Addr, TcpListener};

    use super::{Server, plain};
    use crate::Error;
    use crate::binaries::Binaries;

    #[test]
    fn a_taken_port_is_distinguished_from_other_failures() -> Result<(), Box<dyn StdError>> {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let port = taken.local_addr()?.port();
        let started = Server::start_at(port, &Binaries::find()?);
        assert!(matches!(started, Err(Error::PortTaken(taken)) if taken == port));
        Ok(())
    }

    #[test]
    fn a_prefix_becomes_a_plain_name() {
        assert_eq!(plain("Tasks/Über \"x\""), "tasks__ber__x_");
        assert_eq!(plain(&"ü".repeat(70)).len(), 40);
    }
}
