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
/// What no test has to wait for: a server that is thrown away need not survive a crash.
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
    /// Its sessions are told and ended, and what was committed is written.
    Fast,
    /// Its processes end at once, and it recovers when it is started again, as after a crash. What was committed a moment ago may be
    /// lost, since the settings of tests write late: a `CHECKPOINT` keeps what was before it.
    Immediate,
}

impl Stop {
    /// The signal that says so (PostgreSQL manual, 18.5).
    fn signal(self) -> &'static str {
        match self {
            Self::Fast => "INT",
            Self::Immediate => "QUIT",
        }
    }
}

/// A PostgreSQL server of its own, in a temporary directory. It listens at a socket there and at a free port of `127.0.0.1`.
///
/// It ends when it is dropped or when the process does, be it by a panic or a signal; its databases end with it.
#[derive(Debug)]
pub struct Server {
    client: Client,
    made: AtomicU32,
    // The order of the fields: the server stops before its directory is removed.
    watchdog: Watchdog,
    directory: TempDir,
}

impl Server {
    /// Starts a server.
    ///
    /// # Errors
    ///
    /// Where PostgreSQL is not installed or does not start. The message holds what to do, or the server's log.
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

    /// The server of this process. It is started by the first call.
    ///
    /// # Panics
    ///
    /// Where the server cannot be started: a test that needs it fails, and is never skipped.
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

    /// Makes an empty database, whose name begins with `prefix`.
    pub fn create_database(&self, prefix: &str) -> Result<Database, Error> {
        self.create_from("template0", prefix)
    }

    /// Makes a database with everything that `of` has. Nobody may be connected to that meanwhile.
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

    /// The port of `127.0.0.1` that the server listens at.
    pub fn port(&self) -> u16 {
        self.client.port()
    }

    /// Stops the server, and waits until it has ended. Its directory stays, and [`start_again`](Self::start_again) starts it there.
    ///
    /// # Errors
    ///
    /// Where it does not end.
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

    /// Starts the server that was stopped, in the same directory and at the same port, and waits until it is ready.
    ///
    /// # Errors
    ///
    /// Where it does not start. The message holds the server's log.
    pub fn start_again(&mut self) -> Result<(), Error> {
        self.watchdog.say("start")?;
        wait(self.directory(), self.port())
    }

    /// [`stop`](Self::stop) and [`start_again`](Self::start_again).
    ///
    /// # Errors
    ///
    /// Those of the two.
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

/// The port is free now; that it stays so until the server listens is likely, not certain.
pub(crate) fn free_port() -> Result<u16, Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(Error::at(Path::new("127.0.0.1:0")))
}

/// Waits until the server is ready, as it says itself in its own file, or has ended.
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

/// A name that needs no quoting in SQL, in a URL or on a command line, and that PostgreSQL does not cut.
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
    fn a_taken_port_is_told_from_other_failures() -> Result<(), Box<dyn StdError>> {
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
