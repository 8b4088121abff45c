//! What PostgreSQL is asked beside the rows.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Executor as _, Row as _};

use super::error::SeedError;
use super::order::Placed;
use crate::ddl::{POSTGRES, identifier};
use crate::error::without_source_line;

/// A name without a PostgreSQL schema is in `public`, as for inspection. References that may be checked late are.
pub(super) async fn begin(connection: &mut PgConnection) -> Result<(), SeedError> {
    const BEGIN: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; \
        SET LOCAL search_path = public, pg_temp; SET CONSTRAINTS ALL DEFERRED";
    run(connection, "begin a transaction", BEGIN).await
}

/// Refuses a role from which row-level security may hide rows.
pub(super) async fn check_role(
    placed: &Placed<'_>,
    connection: &mut PgConnection,
) -> Result<(), SeedError> {
    const QUESTION: &str = "SELECT row_security_active($1::text::regclass), current_user::text";
    let error = |source| SeedError::Server {
        doing: "look at the tables; create the schema first",
        source: without_source_line(source),
    };
    let question = sqlx::query(QUESTION).bind(POSTGRES.qualified(&placed.table.name));
    let row = question.fetch_one(connection).await.map_err(error)?;
    if row.try_get(0).map_err(error)? {
        return Err(SeedError::RowSecurity {
            role: row.try_get(1).map_err(error)?,
            table: placed.table.name.to_string(),
        });
    }
    Ok(())
}

/// Sets the sequences of the columns that rows of the seed set behind the largest value, if they are before it.
pub(super) async fn set_sequences(
    placed: &Placed<'_>,
    connection: &mut PgConnection,
) -> Result<(), SeedError> {
    let table = POSTGRES.qualified(&placed.table.name);
    let columns = placed.table.columns.iter();
    let is_counted = |name: &str| {
        let mut rows = placed.rows.iter();
        rows.any(|row| {
            let at = row.meta.position(name);
            at.is_some_and(|at| row.positions().contains(&at))
        })
    };
    for column in columns.filter(|it| it.serial || it.identity.is_some()) {
        if !is_counted(&column.name) {
            continue;
        }
        let set = format!(
            "SELECT setval(own.sequence, own.last) FROM (SELECT pg_get_serial_sequence($1, $2)::regclass AS sequence, \
             max({})::bigint AS last FROM {table}) AS own \
             WHERE own.last > coalesce(pg_sequence_last_value(own.sequence), 0)",
            identifier(&column.name)
        );
        let set = sqlx::query(AssertSqlSafe(set));
        let set = set
            .bind(&table)
            .bind(&column.name)
            .execute(&mut *connection);
        set.await.map_err(|source| SeedError::Server {
            doing: "set a sequence",
            source: without_source_line(source),
        })?;
    }
    Ok(())
}

pub(super) async fn run(
    connection: &mut PgConnection,
    doing: &'static str,
    statements: &str,
) -> Result<(), SeedError> {
    let done = connection.execute(AssertSqlSafe(statements.to_owned()));
    let done = done.await.map_err(|source| SeedError::Server {
        doing,
        source: without_source_line(source),
    });
    done.map(drop)
}
