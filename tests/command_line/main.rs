//! The command line that an application embeds: its output and its exit status.

#![cfg(feature = "cli")]

mod between;
#[cfg(feature = "docs")]
mod docs;
#[cfg(feature = "operations")]
mod doctor;
mod drift;
#[cfg(feature = "fake")]
mod fake;
#[cfg(feature = "lint")]
mod lint;
mod migrate;
#[cfg(feature = "seed")]
mod seed;
mod weakened;

use std::error::Error;
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;

use freehold_test_support::{Database, Server};
use serde_json::Value;

type TestResult = Result<(), Box<dyn Error>>;

/// The shop on a server that no other test uses meanwhile: some tests change roles, which belong to the server.
struct Shop {
    database: Database,
    directory: tempfile::TempDir,
    // Declared after the database, because the database must be dropped first.
    server: Unshared,
}

/// A server that one test uses at a time. The next test gets it without the roles of this one.
struct Unshared(Option<Server>);

/// The servers that no test uses now. Each ends with the process.
static SERVERS: Mutex<Vec<Server>> = Mutex::new(Vec::new());

/// Drops the roles that the test created. A role that something else depends on remains, and the statement fails.
const RESET: &str = "DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT rolname FROM pg_roles WHERE rolname <> 'postgres' AND rolname NOT LIKE 'pg\\_%' LOOP
        EXECUTE format('DROP ROLE %I', name);
    END LOOP; END $$";

impl Unshared {
    fn take() -> Result<Self, Box<dyn Error>> {
        let free = SERVERS.lock().map_err(|error| error.to_string())?.pop();
        let server = free.map_or_else(Server::start, Ok)?;
        Ok(Self(Some(server)))
    }
}

impl Deref for Unshared {
    type Target = Server;

    #[expect(clippy::expect_used, reason = "only the drop takes the server")]
    fn deref(&self) -> &Server {
        self.0.as_ref().expect("the server is there until the drop")
    }
}

impl Drop for Unshared {
    /// A server that cannot be reset ends here, and the next test starts its own.
    fn drop(&mut self) {
        let is_reset = self.create_database("reset").is_ok_and(|database| {
            let has_settings = "SELECT 1 / (1 - count(*)) FROM pg_db_role_setting WHERE setrole = 0 AND setdatabase = 0";
            database.psql(RESET).is_ok() && database.psql(has_settings).is_ok()
        });
        if let (true, Some(server), Ok(mut free)) = (is_reset, self.0.take(), SERVERS.lock()) {
            free.push(server);
        }
    }
}

impl Shop {
    fn open() -> Result<Self, Box<dyn Error>> {
        let server = Unshared::take()?;
        let shop = Self {
            database: server.create_database("drift")?,
            directory: tempfile::tempdir()?,
            server,
        };
        let (status, sql) = shop.schema(&["ddl"])?;
        assert_eq!(status, 0, "`schema ddl` printed:\n{sql}");
        shop.database.psql(&sql)?;
        Ok(shop)
    }

    /// An empty database.
    fn empty() -> Result<Self, Box<dyn Error>> {
        let server = Unshared::take()?;
        Ok(Self {
            database: server.create_database("empty")?,
            directory: tempfile::tempdir()?,
            server,
        })
    }

    /// Writes a file into the migrations directory.
    fn write(&self, name: &str, sql: &str) -> TestResult {
        let migrations = self.directory.path().join("migrations");
        std::fs::create_dir_all(&migrations)?;
        std::fs::write(migrations.join(name), sql)?;
        Ok(())
    }

    /// The applied versions, oldest first.
    fn applied(&self) -> Result<String, Box<dyn Error>> {
        let versions = "SELECT string_agg(version::text, ' ' ORDER BY version) FROM _sqlx_migrations WHERE success";
        Ok(self.database.psql(versions)?.trim().to_owned())
    }

    fn schema(&self, arguments: &[&str]) -> Result<(i32, String), Box<dyn Error>> {
        schema(arguments, &self.database, self.directory.path())
    }

    fn json(&self, arguments: &[&str]) -> Result<(i32, Value), Box<dyn Error>> {
        let (status, printed) = self.schema(arguments)?;
        Ok((
            status,
            serde_json::from_str(&printed).map_err(|error| format!("{error}: {printed}"))?,
        ))
    }
}

/// Runs the command line of the shop. Returns its exit status and both outputs.
fn schema(
    arguments: &[&str],
    database: &Database,
    directory: &Path,
) -> Result<(i32, String), Box<dyn Error>> {
    let mut command = Command::new(program()?);
    command.args(arguments).env("DATABASE_URL", database.url());
    let output = command.current_dir(directory).output()?;
    let printed = [output.stdout, output.stderr].concat();
    let status = output.status.code().ok_or("a signal ended it")?;
    Ok((status, String::from_utf8(printed)?))
}

/// Cargo puts examples beside the directory of the tests, and builds them before it runs the tests.
fn program() -> Result<PathBuf, Box<dyn Error>> {
    let test = std::env::current_exe()?;
    let profile = test
        .ancestors()
        .nth(2)
        .ok_or("the test is in no target directory")?;
    let name = format!("schema{}", std::env::consts::EXE_SUFFIX);
    let program = profile.join("examples").join(name);
    if program.exists() {
        Ok(program)
    } else {
        Err("the example `schema` is missing: run `cargo build --examples --all-features`".into())
    }
}
