//! What PostgreSQL is asked before and after the rows.

use sqlx::postgres::PgDatabaseError;
use sqlx::{AssertSqlSafe, Executor as _, PgConnection, Row as _};

use super::statement;
use crate::error::FakeError;
use crate::plan::{Plan, Table};

/// How many rows of a table are tried if a check of it is not understood.
const TRIED: u64 = 100;

/// The temporary table for the rows that are tried.
const PROBE: &str = "freehold_fake_probe";

/// What is wrong if a table cannot be asked.
const LOOKING: &str = "look at the tables; create the schema first";

/// Checks the day, that the role may use `COPY`, and that the tables are empty. Other writers then wait until the
/// transaction ends.
pub(super) async fn check(plan: &Plan, connection: &mut PgConnection) -> Result<(), FakeError> {
    check_day(plan, connection).await?;
    let filled: Vec<_> = plan.tables.iter().filter(|table| table.rows > 0).collect();
    for table in &filled {
        check_role(table, connection).await?;
    }
    lock(&filled, connection).await?;
    for table in filled {
        check_empty(table, connection).await?;
    }
    Ok(())
}

/// The server's clock decides, because it also decides what `now()` in a check is.
async fn check_day(plan: &Plan, connection: &mut PgConnection) -> Result<(), FakeError> {
    const QUESTION: &str = "SELECT $1::text::date > (now() AT TIME ZONE 'UTC')::date";
    let question = sqlx::query_scalar(QUESTION).bind(plan.until.to_string());
    let is_later: Result<bool, _> = question.fetch_one(connection).await;
    match is_later {
        Ok(false) => Ok(()),
        Ok(true) => Err(FakeError::InFuture(plan.until)),
        Err(source) => Err(FakeError::Server {
            doing: "ask for the day",
            source,
        }),
    }
}

async fn check_role(table: &Table, connection: &mut PgConnection) -> Result<(), FakeError> {
    const QUESTION: &str = "SELECT row_security_active($1::text::regclass), current_user::text";
    let error = |source| FakeError::Server {
        doing: LOOKING,
        source,
    };
    let question = sqlx::query(QUESTION).bind(statement::name(table));
    let row = question.fetch_one(connection).await.map_err(error)?;
    if row.try_get(0).map_err(error)? {
        return Err(FakeError::RowSecurity {
            role: row.try_get(1).map_err(error)?,
            table: table.name.name.clone(),
        });
    }
    Ok(())
}

/// Locks the tables against other writers. A second run waits here, and then finds rows.
async fn lock(tables: &[&Table], connection: &mut PgConnection) -> Result<(), FakeError> {
    if tables.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = tables.iter().map(|table| statement::name(table)).collect();
    let lock = format!(
        "LOCK TABLE {} IN SHARE ROW EXCLUSIVE MODE",
        names.join(", ")
    );
    run(connection, "lock the tables", &lock).await
}

async fn check_empty(table: &Table, connection: &mut PgConnection) -> Result<(), FakeError> {
    let error = |source| FakeError::Server {
        doing: LOOKING,
        source,
    };
    let question = format!("SELECT EXISTS (SELECT FROM {})", statement::name(table));
    let row = connection.fetch_one(AssertSqlSafe(question)).await;
    if row.and_then(|row| row.try_get(0)).map_err(error)? {
        return Err(FakeError::NotEmpty(table.name.name.clone()));
    }
    Ok(())
}

/// Whether a reference is checked at the end of the transaction.
pub(super) fn has_deferred(plan: &Plan) -> bool {
    let mut references = plan.tables.iter().flat_map(|table| &table.references);
    references.any(|reference| reference.is_deferrable)
}

/// Tries rows of a table on a copy of the table that has its checks and no references, if a check is not understood.
pub(super) async fn probe(
    plan: &Plan,
    at: usize,
    connection: &mut PgConnection,
) -> Result<(), FakeError> {
    let table = &plan.tables[at];
    if !table.has_unknown_check || table.rows == 0 {
        return Ok(());
    }
    let name = statement::name(table);
    let create = format!(
        "CREATE TEMPORARY TABLE {PROBE} (LIKE {name} INCLUDING CONSTRAINTS INCLUDING GENERATED) ON COMMIT DROP"
    );
    run(connection, "create a temporary table", &create).await?;
    let columns = statement::written(table);
    let copy = statement::copy(PROBE, &statement::names(table, &columns));
    let text = super::text(plan, at, TRIED)?;
    let copied = async {
        let mut stream = connection.copy_in_raw(&copy).await?;
        stream.send(text.as_bytes()).await?;
        stream.finish().await
    };
    copied.await.map_err(|source| match violated(&source) {
        Some(constraint) => FakeError::Refused {
            table: table.name.name.clone(),
            constraint,
            source,
        },
        None => refused(&table.name.name, source),
    })?;
    run(
        connection,
        "drop the temporary table",
        &format!("DROP TABLE {PROBE}"),
    )
    .await
}

/// Sets the sequences of a table behind its rows, and counts its values for the planner.
pub(super) async fn finish(table: &Table, connection: &mut PgConnection) -> Result<(), FakeError> {
    const SET: &str = "SELECT setval(pg_get_serial_sequence($1, $2), $3)";
    let name = statement::name(table);
    for column in table
        .columns
        .iter()
        .filter(|column| column.has_sequence && column.is_written())
    {
        let column_name = freehold_schema_core::ddl::identifier(&column.name);
        let question = format!("SELECT coalesce(max({column_name}), 1)::bigint FROM {name}");
        let error = |source| FakeError::Server {
            doing: "set a sequence",
            source,
        };
        let row = connection
            .fetch_one(AssertSqlSafe(question))
            .await
            .map_err(error)?;
        let last: i64 = row.try_get(0).map_err(error)?;
        let set = sqlx::query(SET).bind(&name).bind(&column.name).bind(last);
        set.execute(&mut *connection).await.map_err(error)?;
    }
    run(connection, "analyze a table", &format!("ANALYZE {name}")).await
}

pub(super) async fn run(
    connection: &mut PgConnection,
    doing: &'static str,
    statement: &str,
) -> Result<(), FakeError> {
    let done = connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await;
    done.map(|_| ())
        .map_err(|source| FakeError::Server { doing, source })
}

/// The error for rows that PostgreSQL does not accept.
pub(super) fn refused(table: &str, source: sqlx::Error) -> FakeError {
    FakeError::Copy {
        table: table.to_owned(),
        constraint: violated(&source),
        source,
    }
}

/// The constraint that an error names.
fn violated(error: &sqlx::Error) -> Option<String> {
    let error = error
        .as_database_error()?
        .try_downcast_ref::<PgDatabaseError>()?;
    error.constraint().map(str::to_owned)
}
