//! Verifies a directory of migrations on a scratch database: all up must give the target schema, each down must restore
//! the schema before it, and all up again must give the target schema again.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{Connection as _, Executor as _};

use super::Directory;
use super::run::{MigrateError, Runner, Target};
use crate::diff::{Change, Diff, Element, TableChange};
use crate::drift::{Drift, Unmodelled, drift};
use crate::inspect::{InspectError, Inspection, inspect};
use freehold_schema_core::ddl;
use freehold_schema_core::error::without_source_line;
use freehold_schema_core::ir::{Expr, Index, Schema, Table};

/// The result of a verification.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verified {
    /// The number of migrations that ran up, down and up again.
    pub migrations: usize,
    /// What the migrations leave beside the schema: not compared, or accepted.
    pub drift: Drift,
}

/// Why the verification of a directory failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum VerifyError {
    /// The server cannot be reached, or the role must not create a database.
    #[error("cannot create the scratch database; use the URL of a role that may create databases")]
    Scratch(#[source] sqlx::Error),
    /// A migration failed.
    #[error(transparent)]
    Run(#[from] MigrateError),
    /// The database cannot be inspected.
    #[error(transparent)]
    Inspect(#[from] InspectError),
    /// The migrations do not lead to the target schema.
    #[error("the migrations do not lead to the schema; these changes are missing, and `--accept NAME` keeps an object that would be dropped:{}", lines(.0))]
    NotTarget(Vec<Change>),
    /// The migrations leave something that weakens a guarantee of the schema.
    #[error("the migrations lead to the schema, but leave something that weakens it:{}", lines(.0))]
    Weakened(Vec<Unmodelled>),
    /// A down file does not restore the schema before the migration.
    #[error("the down file of migration {version} does not restore the schema before it; these changes are missing:{}", lines(.changes))]
    NotBack {
        /// The migration.
        version: i64,
        /// The changes that would restore it.
        changes: Vec<Change>,
    },
}

impl VerifyError {
    fn scratch(error: sqlx::Error) -> Self {
        Self::Scratch(without_source_line(error))
    }
}

fn lines<T: ToString>(items: &[T]) -> String {
    let lines = items.iter().map(|item| format!("\n  {}", item.to_string()));
    lines.collect()
}

/// Runs the migrations up, down and up again in a scratch database, and compares the schema each time.
///
/// It creates the scratch database on the server of `url`, and drops it at the end. A test of an application can call
/// it.
///
/// # Errors
///
/// [`VerifyError`] if a migration fails, if the schema is not as expected, if the migrations leave something that
/// weakens the schema, or if the server cannot be reached.
pub async fn verify(
    directory: &Directory,
    target: &Schema,
    url: &str,
) -> Result<Verified, VerifyError> {
    verify_accepting(directory, target, url, &[]).await
}

/// Like [`verify`], but what has one of the names `accepted` may stay although it weakens the schema.
///
/// A name is written as in the backquotes of the output: `audit.log`.
///
/// # Errors
///
/// Those of [`verify`].
pub async fn verify_accepting(
    directory: &Directory,
    target: &Schema,
    url: &str,
    accepted: &[String],
) -> Result<Verified, VerifyError> {
    let server = PgConnectOptions::from_str(url).map_err(VerifyError::scratch)?;
    let name = format!(
        "freehold_verify_{}_{:08x}",
        std::process::id(),
        fastrand::u32(..)
    );
    let mut admin = PgConnection::connect_with(&server)
        .await
        .map_err(VerifyError::scratch)?;
    let quoted = ddl::identifier(&name);
    let sql = |sql: String| sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
    admin
        .execute(sql(format!("CREATE DATABASE {quoted} TEMPLATE template0")))
        .await
        .map_err(VerifyError::scratch)?;
    let scratch = Scratch {
        connect: server.database(&name),
        directory,
        target,
        accepted,
    };
    let verified = scratch.verify().await;
    admin
        .execute(sql(format!("DROP DATABASE {quoted} WITH (FORCE)")))
        .await
        .map_err(VerifyError::scratch)?;
    verified
}

struct Scratch<'a> {
    connect: PgConnectOptions,
    directory: &'a Directory,
    target: &'a Schema,
    accepted: &'a [String],
}

impl Scratch<'_> {
    async fn verify(&self) -> Result<Verified, VerifyError> {
        let runner = Runner::new(self.directory.clone(), self.connect.clone());
        let mut states = vec![self.inspect().await?];
        for _ in self.directory.iter() {
            runner.up(Target::Count(1)).await?;
            states.push(self.inspect().await?);
        }
        self.expect_target().await.map(drop)?;
        let steps = states.iter().zip(states.iter().skip(1));
        let steps: Vec<_> = self.directory.iter().zip(steps).collect();
        for (migration, (before, after)) in steps.into_iter().rev() {
            runner.down_files(1).await?;
            let mut back = Diff::between(&self.inspect().await?, before).changes;
            back.retain(|change| {
                !went_with_its_constraint(change, after)
                    && !is_beside_its_key(change, before.tables())
            });
            if !back.is_empty() {
                return Err(VerifyError::NotBack {
                    version: migration.version,
                    changes: back,
                });
            }
        }
        runner.up(Target::All).await?;
        Ok(Verified {
            migrations: self.directory.iter().count(),
            drift: self.expect_target().await?,
        })
    }

    async fn inspect(&self) -> Result<Schema, VerifyError> {
        let mut connection = PgConnection::connect_with(&self.connect)
            .await
            .map_err(VerifyError::scratch)?;
        let found = inspect(&mut connection, &Inspection::of(self.target)).await?;
        Ok(found.schema)
    }

    /// Expects the target schema, and returns what the database has beside it.
    async fn expect_target(&self) -> Result<Drift, VerifyError> {
        let mut connection = PgConnection::connect_with(&self.connect)
            .await
            .map_err(VerifyError::scratch)?;
        let what = Inspection::of(self.target);
        let drift = drift(&mut connection, &what, self.target).await?;
        let drift = drift.accepting(self.accepted);
        let weakened: Vec<_> = drift.differing().cloned().collect();
        if !drift.diff.is_empty() {
            Err(VerifyError::NotTarget(drift.diff.changes))
        } else if !weakened.is_empty() {
            Err(VerifyError::Weakened(weakened))
        } else {
            Ok(drift)
        }
    }
}

/// Whether the change adds an index from which a migration made a constraint. PostgreSQL drops both together, so the
/// down file of the earlier migration has nothing left to drop.
fn went_with_its_constraint(change: &Change, after: &Schema) -> bool {
    let Change::Table {
        table,
        change: TableChange::Add(Element::Index(index)),
    } = change
    else {
        return false;
    };
    let mut tables = after.tables().iter();
    tables.find(|own| own.name == *table).is_some_and(|table| {
        let keys = table.primary_key.iter().map(|key| &key.name);
        let mut names = keys.chain(table.uniques.iter().map(|unique| &unique.name));
        names.any(|name| *name == index.name)
    })
}

/// Whether the change drops a unique index although the table has a key on the same columns: the down file of a later
/// migration built it.
fn is_beside_its_key(change: &Change, before: &[Table]) -> bool {
    let Change::Table {
        table,
        change: TableChange::Drop(Element::Index(index)),
    } = change
    else {
        return false;
    };
    let mut tables = before.iter().filter(|own| own.name == *table);
    tables.any(|table| {
        let keys = table.primary_key.iter().map(|key| &key.columns);
        let mut keys = keys.chain(table.uniques.iter().map(|unique| &unique.columns));
        index.unique && keys.any(|columns| is_over(index, columns))
    })
}

fn is_over(index: &Index, columns: &[String]) -> bool {
    let mut pairs = index.parts.iter().zip(columns);
    index.parts.len() == columns.len()
        && pairs.all(|(part, column)| matches!(&part.value, Expr::Column(name) if name == column))
}
