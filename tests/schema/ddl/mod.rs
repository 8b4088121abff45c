//! The printed DDL, on a PostgreSQL server.

mod audit;
mod comments;
mod constraints;
mod dependencies;
mod domains;
mod enums;
mod expressions;
mod immutable;
mod indexes;
mod internal;
mod keywords;
mod monthly;
mod names;
mod partitions;
mod references;
mod rights;
mod routines;
mod row_owners;
mod search;
mod transitions;
mod triggers;
mod types;
mod values;
mod views;

use std::error::Error;

use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};

use crate::TestResult;

/// A database with the schema in it.
fn database_with(schema: &SchemaDef) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database("ddl")?;
    database.psql(&schema.schema()?.up(&Postgres))?;
    Ok(database)
}

/// The lines that a query returns.
fn lines(database: &Database, sql: &str) -> Result<Vec<String>, Box<dyn Error>> {
    let out = database.psql(sql)?;
    Ok(out.lines().map(str::to_owned).collect())
}

/// The message with which the database refuses a statement. An accepted statement is an error.
fn refusal(database: &Database, sql: &str) -> Result<String, Box<dyn Error>> {
    match database.psql(sql) {
        Ok(_) => Err(format!("this was not refused: {sql}").into()),
        Err(error) => Ok(error.to_string()),
    }
}

/// Asserts that `up` and then `down` leave no relation, type or function.
fn assert_down_leaves_nothing(schema: &SchemaDef) -> TestResult {
    let database = database_with(schema)?;
    database.psql(&schema.schema()?.down(&Postgres))?;
    let left = lines(
        &database,
        "SELECT 'relation ' || oid::regclass FROM pg_class WHERE oid >= 16384
         UNION ALL SELECT 'type ' || oid::regtype FROM pg_type WHERE oid >= 16384
         UNION ALL SELECT 'function ' || oid::regprocedure FROM pg_proc WHERE oid >= 16384
         UNION ALL SELECT 'schema ' || nspname FROM pg_namespace WHERE oid >= 16384",
    )?;
    assert_eq!(left, Vec::<String>::new(), "left after `down`");
    Ok(())
}
