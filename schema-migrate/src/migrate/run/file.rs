//! A file that is to run.

use super::error::MigrateError;
use super::event::FilePosition;
use crate::migrate::statement_kind::StatementKind;
use crate::migrate::{Direction, Migration, Script, ScriptStatement};

/// A file, its statements, and what is known of each.
pub(super) struct File<'d> {
    pub(super) migration: &'d Migration,
    pub(super) direction: Direction,
    pub(super) script: &'d Script,
    pub(super) statements: Vec<(ScriptStatement, StatementKind)>,
    /// Whether it says itself how long to wait for locks.
    pub(super) sets_lock_timeout: bool,
}

impl<'d> File<'d> {
    /// The file of a migration. What begins or ends a transaction, and rows of a `COPY`, are refused before anything runs.
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

    /// What cannot run here, before anything does.
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

    /// The statement of this index, for messages.
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
