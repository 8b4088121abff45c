//! The current statement of a file that is not one transaction.

use std::time::Duration;

use super::Options;
use super::event::FilePosition;
use super::file::File;
use super::history::Entry;
use crate::migrate::ScriptStatement;
use crate::migrate::statement_kind::StatementKind;

/// The current statement.
pub(super) struct Running<'f> {
    pub(super) file: &'f File<'f>,
    pub(super) number: usize,
    pub(super) statement: &'f ScriptStatement,
    pub(super) step: &'f StatementKind,
    pub(super) at: FilePosition,
}

impl<'f> Running<'f> {
    /// Whether it may wait longer than others. Not in a file that sets `lock_timeout` itself.
    pub(super) fn may_wait(&self) -> bool {
        self.step.is_gentle() && !self.file.sets_lock_timeout
    }

    /// How long it may wait for the locks of its tables in total, before the runner cancels it; `None` for no limit.
    pub(super) fn longest_wait(&self, options: &Options) -> Option<Duration> {
        let is_one = matches!(self.step, StatementKind::Transactional { .. });
        let has_end = (is_one || self.step.is_gentle()) && !self.file.sets_lock_timeout;
        has_end.then_some(options.lock_timeout)
    }

    pub(super) fn entry(&self) -> Entry<'f> {
        let File {
            migration,
            direction,
            ..
        } = *self.file;
        Entry {
            migration,
            direction,
            number: self.number,
            statement: self.statement,
        }
    }
}
