//! The sides of a comparison: structs, a snapshot or a database.

use std::path::Path;
use std::str::FromStr as _;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use crate::failure::Failure;
use freehold_schema_core::ir::Schema;
use freehold_schema_migrate::drift::Source;
use freehold_schema_migrate::inspect::{Inspected, Inspection, adopt_same_queries, inspect};
use freehold_schema_migrate::migrate::Snapshot;

/// Reads the side that `word` names. Of a database, it reads `public`, the PostgreSQL schemas and roles that `target`
/// names, and `schemas`.
pub(super) async fn source(
    word: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Source, Failure> {
    if word == "structs" {
        return Ok(Source::Declared(target.clone()));
    }
    if word.contains("://") {
        return of_database(word, target, schemas).await;
    }
    snapshot(word).map(Source::Declared)
}

/// The schema of a snapshot: a file, or the one of a directory.
fn snapshot(word: &str) -> Result<Schema, Failure> {
    let path = Path::new(word);
    if path.is_dir() {
        let snapshot = Snapshot::read(path)?;
        return snapshot
            .map(|snapshot| snapshot.schema)
            .ok_or_else(|| Failure::NoSnapshot(path.to_owned()));
    }
    if path.is_file() {
        return Ok(Snapshot::read_file(path)?.schema);
    }
    Err(Failure::Source(word.to_owned()))
}

pub(super) async fn of_database(
    url: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Source, Failure> {
    let found = inspected(url, target, schemas).await?;
    Ok(Source::Database(found))
}

/// Inspects a database. A view that means the same as the one in `target` gets the query of `target`.
pub(super) async fn inspected(
    url: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Inspected, Failure> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(Failure::NotPostgres(
            url.split("://").next().unwrap_or_default().to_owned(),
        ));
    }
    let options = PgConnectOptions::from_str(url).map_err(Failure::connect)?;
    let mut connection = PgConnection::connect_with(&options)
        .await
        .map_err(Failure::connect)?;
    let what = Inspection::of(target).and_namespaces(schemas.iter().map(String::as_str));
    let mut found = inspect(&mut connection, &what).await?;
    adopt_same_queries(&mut connection, &mut found.schema, target).await?;
    connection.close().await.map_err(Failure::connect)?;
    Ok(found)
}
