//! `psql`, connected to one server.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;
use crate::binaries::clear_environment;

/// The address of a server, and the `psql` to reach it.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    psql: PathBuf,
    socket: PathBuf,
    port: u16,
}

impl Client {
    pub(crate) fn new(psql: &Path, socket: &Path, port: u16) -> Self {
        Self {
            psql: psql.to_owned(),
            socket: socket.to_owned(),
            port,
        }
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!(
            "postgres://postgres@127.0.0.1:{}/{database}?sslmode=disable",
            self.port
        )
    }

    /// Runs `sql` and returns what it selects. With `-f -`, an error includes its line number.
    pub(crate) fn text(&self, database: &str, sql: &str) -> Result<String, Error> {
        let input = script(sql).map_err(Error::at(&std::env::temp_dir()))?;
        self.run(database, |command| command.args(["-f", "-"]).stdin(input))
    }

    /// Runs the script at `path` and returns what it selects.
    pub(crate) fn file(&self, database: &str, path: &Path) -> Result<String, Error> {
        self.run(database, |command| command.arg("-f").arg(path))
    }

    fn run(
        &self,
        database: &str,
        input: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<String, Error> {
        let mut command = self.command(database);
        let output = input(&mut command)
            .output()
            .map_err(Error::at(&self.psql))?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr)
                .trim_end()
                .to_owned();
            return Err(Error::Psql {
                database: database.to_owned(),
                stderr,
            });
        }
        let selected = String::from_utf8_lossy(&output.stdout);
        Ok(selected.strip_suffix('\n').unwrap_or(&selected).to_owned())
    }

    fn command(&self, database: &str) -> Command {
        let mut command = Command::new(&self.psql);
        clear_environment(&mut command);
        command.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-U",
            "postgres",
        ]);
        command
            .arg("-h")
            .arg(&self.socket)
            .args(["-p", &self.port.to_string(), "-d", database]);
        command
    }
}

/// Writes a script to a file. With a pipe, a long script and a long answer could wait for each other.
fn script(sql: &str) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(sql.as_bytes())?;
    file.rewind()?;
    Ok(file)
}
