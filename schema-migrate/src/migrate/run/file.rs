//! A file to run.

use super::error::MigrateError;
use super::event::FilePosition;
use crate::migrate::statement_kind::StatementKind;
use crate::migrate::{Direction, Migration, Script, ScriptStatement};

/// A file with its statements and their kinds.
pub(super) struct File<'d> {
    pub(super) migration: &'d Migration,
    pub(super) direction: Direction,
    pub(super) script: &'d Script,
    pub(super) statements: Vec<(ScriptStatement, StatementKind)>,
    /// Whether the file sets `lock_timeout` itself.
    pub(super) sets_lock_timeout: bool,
}

impl<'d> File<'d> {
    /// Returns the file of a migration. Refuses transaction control and `COPY .. FROM STDIN` before anything runs.
    pub(super) fn of(migration: &'d Migration, direction: Direction) -> Result<Self, MigrateError> {
        let up = &migration.up;
        let Some(script) = migration.script(direction) else {
            return Err(MigrateError::NoDown {
                version: migration.version,
                up: up.path.clone(),
            });
        };
        let stepped = |statement: ScriptStatement| {
            let step = StatementKind::of(&statement.text);
            (statement, step)
        };
        let statements: Vec<_> = script.statements().into_iter().map(stepped).collect();
        let sets_lock_timeout = statements
            .iter()
            .any(|(_, step)| *step == StatementKind::Setting { lock_timeout: true });
        let file = Self {
            migration,
            direction,
            script,
            statements,
            sets_lock_timeout,
        };
        file.refuse()?;
        Ok(file)
    }

    /// Refuses statements that cannot run here, before anything runs.
    fn refuse(&self) -> Result<(), MigrateError> {
        for (index, (_, step)) in self.statements.iter().enumerate() {
            let at = || Box::new(self.place(index));
            match step {
                StatementKind::TransactionControl => {
                    return Err(MigrateError::TransactionControl { at: at() });
                }
                StatementKind::CopyFromStdin => {
                    return Err(MigrateError::CopyFromStdin { at: at() });
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// The position of the statement with this index, for messages.
    pub(super) fn place(&self, index: usize) -> FilePosition {
        let statement = self.statements.get(index).map(|(statement, _)| statement);
        FilePosition {
            version: self.migration.version,
            direction: self.direction,
            path: self.script.path.clone(),
            statement: index + 1,
            of: self.statements.len(),
            line: statement.map_or(1, |statement| statement.line),
            summary: statement.map(ScriptStatement::summary).unwrap_or_default(),
        }
    }
}
