//! A temporary PgBouncer in front of a server, in the pool mode `transaction`.

use std::env;
use std::fs;
use std::net::{Ipv4Addr, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Instant;

use tempfile::TempDir;

use crate::Error;
use crate::server::{PATIENCE, PAUSE, Server, free_port, log};
use crate::watchdog::Watchdog;

const VARIABLE: &str = "FREEHOLD_PGBOUNCER";
/// Searched besides `PATH`: Debian installs PgBouncer where only root looks.
const PLACE: &str = "/usr/sbin";

/// Runs `$2` with the settings in `$1/settings` until the end of its input. Then it kills `$2` and removes `$1`.
///
/// PgBouncer has nothing to write, so it can be killed at once.
const SCRIPT: &str = r#"
directory=$1 pgbouncer=$2
"$pgbouncer" "$directory/settings" </dev/null &
served=$!
while read -r _; do :; done
kill -KILL "$served" 2>/dev/null
wait "$served" 2>/dev/null
rm -rf -- "$directory"
"#;

/// How PgBouncer handles startup parameters that it does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Startup {
    /// It rejects them, which is its default.
    Refuses,
    /// It accepts `options` and `extra_float_digits`, and ignores them.
    Ignores,
}

/// A pooler that shares a few sessions of a server, one for each transaction. It asks for no password.
///
/// It ends when it is dropped or when the process ends.
#[derive(Debug)]
pub struct Pgbouncer {
    port: u16,
    server_port: u16,
    // Fields are dropped in order: PgBouncer must end before its directory is removed.
    _watchdog: Watchdog,
    _directory: TempDir,
}

impl Pgbouncer {
    /// Starts PgBouncer in front of `server` for these logins. Each pair of login and database gets at most
    /// `sessions` sessions of the server.
    ///
    /// # Errors
    ///
    /// If PgBouncer is not installed or does not start.
    pub fn start(
        server: &Server,
        logins: &[&str],
        sessions: u32,
        startup: Startup,
    ) -> Result<Self, Error> {
        let program = find()?;
        let directory = tempfile::Builder::new().prefix("freehold-").tempdir();
        let directory = directory.map_err(Error::at(&env::temp_dir()))?;
        let port = free_port()?;
        write(
            &directory.path().join("settings"),
            &settings(directory.path(), server.port(), port, sessions, startup),
        )?;
        let users = logins.iter().map(|login| format!("\"{login}\" \"\"\n"));
        write(&directory.path().join("users"), &users.collect::<String>())?;
        let watchdog = Watchdog::run(directory.path(), SCRIPT, &[&program])?;
        wait(directory.path(), port)?;
        Ok(Self {
            port,
            server_port: server.port(),
            _watchdog: watchdog,
            _directory: directory,
        })
    }

    /// The URL of a database through the pooler.
    pub fn url(&self, url: &str) -> String {
        url.replace(
            &format!(":{}/", self.server_port),
            &format!(":{}/", self.port),
        )
    }
}

fn settings(directory: &Path, server: u16, port: u16, sessions: u32, startup: Startup) -> String {
    let ignored = match startup {
        Startup::Refuses => "",
        Startup::Ignores => "ignore_startup_parameters = extra_float_digits, options\n",
    };
    format!(
        "[databases]\n* = host=127.0.0.1 port={server}\n\
        [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\n\
        auth_type = trust\nauth_file = {}\npool_mode = transaction\n\
        default_pool_size = {sessions}\nmax_client_conn = 500\n{ignored}",
        directory.join("users").display()
    )
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    fs::write(path, text).map_err(Error::at(path))
}

fn find() -> Result<PathBuf, Error> {
    if let Some(chosen) = env::var_os(VARIABLE) {
        return Ok(chosen.into());
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let places = env::split_paths(&path).chain([PathBuf::from(PLACE)]);
    let mut programs = places.map(|place| place.join("pgbouncer"));
    programs
        .find(|path| path.is_file())
        .ok_or(Error::NoPgbouncer)
}

/// Waits until it accepts connections.
fn wait(directory: &Path, port: u16) -> Result<(), Error> {
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if started.elapsed() > PATIENCE || log(directory).contains("FATAL") {
            return Err(Error::PgbouncerNotStarted {
                log: log(directory),
            });
        }
        thread::sleep(PAUSE);
    }
    Ok(())
}
