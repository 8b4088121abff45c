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
    Err(Failure::Source(shown(word)))
}

/// The word in a message, unless it may contain the password of a connection string.
fn shown(word: &str) -> String {
    if word.contains(['@', ':', '=']) {
        "another text".to_owned()
    } else {
        format!("`{word}`")
    }
}

pub(super) async fn of_database(
    url: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Source, Failure> {
    let found = inspected(url, target, schemas).await?;
    Ok(Source::Database(found))
}

/// Inspects a database for its documents: with the declared roles that have to do with it. Roles belong to the server,
/// so the roles of an application exist beside databases of others.
#[cfg(feature = "docs")]
pub(super) async fn documented(
    url: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Inspected, Failure> {
    let mut connection = connect(url).await?;
    let namespaces = target.schemas().iter().chain(schemas);
    let objects = Inspection::default().and_namespaces(namespaces.map(String::as_str));
    let mut found = inspect(&mut connection, &objects).await?;
    let named = found.schema.roles().iter().map(|role| role.name.as_str());
    let roles = with_members(target, named.collect());
    if roles.len() > found.schema.roles().len() {
        found = inspect(&mut connection, &objects.roles(roles)).await?;
    }
    adopt_same_queries(&mut connection, &mut found.schema, target).await?;
    connection.close().await.map_err(Failure::connect)?;
    Ok(found)
}

/// The roles, and the declared ones that are members of them.
#[cfg(feature = "docs")]
fn with_members<'a>(target: &'a Schema, mut roles: Vec<&'a str>) -> Vec<&'a str> {
    loop {
        let is_member = |role: &&freehold_schema_core::ir::Role| {
            let mut groups = role.member_of.iter();
            !roles.contains(&role.name.as_str())
                && groups.any(|group| roles.contains(&group.as_str()))
        };
        match target.roles().iter().find(is_member) {
            Some(role) => roles.push(&role.name),
            None => return roles,
        }
    }
}

/// What a document calls a source. The URL of a database may contain a password, so only its host and name are printed.
#[cfg(feature = "docs")]
pub(super) fn title(word: &str) -> String {
    if !word.contains("://") {
        return word.to_owned();
    }
    let options = PgConnectOptions::from_str(word).ok();
    let database = options.as_ref().and_then(|options| {
        let database = options.get_database()?;
        Some(format!("{database} on {}", options.get_host()))
    });
    database.unwrap_or_else(|| "the database".to_owned())
}

/// The name of the database of a URL.
#[cfg(feature = "docs")]
pub(super) fn database_name(url: &str) -> Option<String> {
    let options = PgConnectOptions::from_str(url).ok()?;
    options.get_database().map(str::to_owned)
}

/// Inspects a database. A view that means the same as the one in `target` gets the query of `target`.
pub(super) async fn inspected(
    url: &str,
    target: &Schema,
    schemas: &[String],
) -> Result<Inspected, Failure> {
    let mut connection = connect(url).await?;
    let what = Inspection::of(target).and_namespaces(schemas.iter().map(String::as_str));
    let mut found = inspect(&mut connection, &what).await?;
    adopt_same_queries(&mut connection, &mut found.schema, target).await?;
    connection.close().await.map_err(Failure::connect)?;
    Ok(found)
}

/// Connects to the database of a URL.
pub(super) async fn connect(url: &str) -> Result<PgConnection, Failure> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Err(Failure::NotPostgres(
            url.split("://").next().unwrap_or_default().to_owned(),
        ));
    }
    let options = PgConnectOptions::from_str(url).map_err(Failure::connect)?;
    PgConnection::connect_with(&options)
        .await
        .map_err(Failure::connect)
}
