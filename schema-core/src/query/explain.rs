use std::sync::Arc;

use super::executor::{Executor, Kind, Statement, collect};
use crate::ReadError;
use crate::error::Error;
use crate::wire::RowReader;

/// Runs `EXPLAIN` on the statement, with its values, and returns PostgreSQL's plan.
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
