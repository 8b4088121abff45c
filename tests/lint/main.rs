//! The lint of hand-written migrations.

#![cfg(feature = "lint")]
#![allow(missing_docs, unreachable_pub)]

mod blocks;
mod claims;
mod comments;
mod docs;
mod files;
mod formats;
mod generated;
mod rules;

use std::error::Error;
use std::fs;

use freehold::lint::{self, Finding, Options, RULES};
use freehold::migrate::Directory;

type TestResult = Result<(), Box<dyn Error>>;

/// An applied migration: the schema before each test.
const BEFORE: &str = "
CREATE TABLE users (id bigint PRIMARY KEY, email varchar(20), name text);
CREATE TABLE tasks (
    id bigint PRIMARY KEY,
    user_id bigint CONSTRAINT tasks_user REFERENCES users,
    title varchar(20) CONSTRAINT short CHECK (title <> ''),
    note varchar(20),
    price numeric(8, 2),
    n integer,
    small smallint,
    body json,
    address cidr,
    at timestamptz,
    CONSTRAINT ordered CHECK (n > small)
);
CREATE INDEX tasks_at ON tasks (at);
CREATE INDEX tasks_n_at ON tasks (n, at);
CREATE TABLE events (id bigint, at date NOT NULL, user_id bigint) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE old_events (id bigint, at date NOT NULL, user_id bigint);
CREATE TYPE mood AS ENUM ('sad', 'ok');
CREATE SEQUENCE numbers;
CREATE MATERIALIZED VIEW totals AS SELECT user_id, count(*) AS n FROM tasks GROUP BY user_id;
CREATE UNIQUE INDEX totals_user ON totals (user_id);
";

/// Files of migrations, each with its way back. The first is [`BEFORE`].
fn directory(files: &[&str]) -> Result<(tempfile::TempDir, Directory), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    for (sql, version) in [BEFORE].iter().chain(files).zip(1..) {
        fs::write(folder.path().join(format!("{version}_it.up.sql")), sql)?;
        fs::write(folder.path().join(format!("{version}_it.down.sql")), "")?;
    }
    let directory = Directory::read(folder.path())?;
    Ok((folder, directory))
}

/// Options with every rule enabled.
fn everything() -> Options {
    Options {
        applied: [1].into(),
        runner_sets_lock_timeout: false,
        enabled: RULES.iter().map(|rule| rule.id.to_owned()).collect(),
        ..Options::default()
    }
}

/// The findings in pending files.
fn findings(files: &[&str], options: &Options) -> Result<Vec<Finding>, Box<dyn Error>> {
    let (_folder, directory) = directory(files)?;
    Ok(lint::lint(&directory, options))
}

/// The rules and lines of the findings with the default options.
fn found(files: &[&str]) -> Result<Vec<(&'static str, usize)>, Box<dyn Error>> {
    let options = Options {
        applied: [1].into(),
        ..Options::default()
    };
    let findings = findings(files, &options)?;
    let found = findings.iter().map(|it| (it.rule.id, it.line));
    Ok(found.collect())
}
