use std::sync::Arc;

use super::executor::{Executor, Kind, Statement, collect};
use crate::ReadError;
use crate::error::Error;
use crate::wire::RowReader;

/// How PostgreSQL would run the statement, with its values: `EXPLAIN`.
pub(super) async fn explain<E: Executor>(
    executor: &E,
    mut statement: Statement,
) -> Result<String, Error> {
    statement.text = Arc::new(format!("EXPLAIN {}", statement.text));
    statement.kind = Kind::Read;
    let lines = collect(executor, statement, line).await?;
    Ok(lines.join("\n"))
}

fn line(cells: &mut RowReader<'_>) -> Result<String, ReadError> {
    cells.read()
}
