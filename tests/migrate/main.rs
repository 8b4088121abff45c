//! The runner of migrations, on a PostgreSQL server.

#![cfg(feature = "postgres")]
#![allow(missing_docs, unreachable_pub)]

mod interrupted;
mod killed;
mod layout;
mod locks;
mod pending;
mod pooler;
mod refusals;
mod run;
mod sqlx_beside;

use std::error::Error;
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use freehold::migrate::Directory;
use freehold::migrate::run::{Event, Options, Runner};
use freehold_test_support::{Database, Server};
use tempfile::TempDir;

type Fallible<T = ()> = Result<T, Box<dyn Error>>;

/// A database of its own, and a directory of migrations.
struct Place {
    database: Database,
    directory: TempDir,
}

impl Place {
    /// An empty database, and the given files.
    fn new(files: &[(&str, &str)]) -> Fallible<Self> {
        let database = Server::shared().create_database("migrate")?;
        let directory = tempfile::tempdir()?;
        let place = Self {
            database,
            directory,
        };
        for (name, sql) in files {
            place.write(name, sql)?;
        }
        Ok(place)
    }

    fn path(&self) -> &Path {
        self.directory.path()
    }

    fn write(&self, name: &str, sql: &str) -> Fallible {
        Ok(fs::write(self.path().join(name), sql)?)
    }

    fn remove(&self, name: &str) -> Fallible {
        Ok(fs::remove_file(self.path().join(name))?)
    }

    fn runner(&self) -> Fallible<Runner> {
        let directory = Directory::read(self.path())?;
        Ok(Runner::from_url(directory, &self.database.url())?.options(quick()))
    }

    /// The same runner, and the events that it reports.
    fn told(&self) -> Fallible<(Runner, Told)> {
        let told = Told::default();
        let events = told.clone();
        let runner = self.runner()?.on_event(move |event| events.add(event));
        Ok((runner, told))
    }

    fn psql(&self, sql: &str) -> Fallible<String> {
        Ok(self.database.psql(sql)?)
    }

    /// The versions in the history; `?` marks those that are not done.
    fn history(&self) -> Fallible<String> {
        let sql = "SELECT string_agg(version || CASE WHEN success THEN '' ELSE '?' END, ' ' ORDER BY version) FROM _sqlx_migrations";
        self.psql(sql)
    }
}

/// Short waits, so that the tests are short.
fn quick() -> Options {
    Options {
        lock_timeout: Duration::from_millis(400),
        poll: Duration::from_millis(20),
        ..Options::default()
    }
}

/// The events of a run.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<Event>>>);

impl Told {
    fn add(&self, event: &Event) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(event.clone());
    }

    fn all(&self) -> Vec<Event> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn has(&self, is: impl Fn(&Event) -> bool) -> bool {
        self.all().iter().any(is)
    }
}

/// The text of an error with its causes.
fn chain(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    text
}
