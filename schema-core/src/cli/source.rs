//! Where a schema comes from.

use std::path::Path;
use std::str::FromStr as _;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};

use super::failure::Failure;
use crate::inspect::{Inspection, adopt_same_queries, inspect};
use crate::ir::Schema;
use crate::migrate::Snapshot;

/// The schema that a word names. A database is read as far as `wanted` says which names matter.
pub(super) async fn schema(word: &str, wanted: &Schema) -> Result<Schema, Failure> {
    if word == "structs" {
        return Ok(wanted.clone());
    }
    if word.contains("://") {
        return of_database(word, wanted).await;
    }
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

pub(super) async fn of_database(url: &str, wanted: &Schema) -> Result<Schema, Failure> {
    let options = PgConnectOptions::from_str(url).map_err(Failure::connect)?;
    let mut connection = PgConnection::connect_with(&options)
        .await
        .map_err(Failure::connect)?;
    let mut found = inspect(&mut connection, &Inspection::of(wanted))
        .await?
        .schema;
    adopt_same_queries(&mut connection, &mut found, wanted).await?;
    connection.close().await.map_err(Failure::connect)?;
    Ok(found)
}
