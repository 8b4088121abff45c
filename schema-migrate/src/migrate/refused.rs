//! Finds what the runner would refuse, when a file is adopted.

use super::plan_new::NewError;
use super::statement_kind::StatementKind;
use super::{Migration, Script};

/// Checks both files of a migration.
pub(super) fn check(migration: &Migration) -> Result<(), NewError> {
    file(&migration.up)?;
    migration.down.as_ref().map_or(Ok(()), file)
}

fn file(script: &Script) -> Result<(), NewError> {
    let refused = script.statements().into_iter().find_map(|statement| {
        let reason = match StatementKind::of(&statement.text) {
            StatementKind::CopyFromStdin => {
                "`COPY .. FROM STDIN` takes its rows from the client, which a migration cannot send; write them as `INSERT`, which `pg_dump --inserts` does"
            }
            StatementKind::TransactionControl => {
                "the runner begins and ends the transaction; leave `BEGIN`, `COMMIT` and `ROLLBACK` out"
            }
            _ => return None,
        };
        Some((statement.line, reason))
    });
    let Some((line, reason)) = refused else {
        return Ok(());
    };
    Err(NewError::CannotRun {
        path: script.path.clone(),
        line,
        reason,
    })
}
