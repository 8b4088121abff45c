//! The text of events.

use std::fmt;
use std::time::Duration;

use super::{Event, FilePosition};

/// Who an event is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// For everyone who waits for the migration.
    Always,
    /// For those who asked for every step.
    Verbose,
    /// For a bar or a spinner; some come several times a second.
    Animated,
}

impl Event {
    /// Its name in JSON: `lock_wait`.
    pub fn name(&self) -> &'static str {
        match self {
            Event::LockWait { .. } => "lock_wait",
            Event::Begin { .. } => "begin",
            Event::End { .. } => "end",
            Event::StatementBegin { .. } => "statement_begin",
            Event::StatementEnd { .. } => "statement_end",
            Event::FoundDone { .. } => "found_done",
            Event::DropInvalid { .. } => "drop_invalid",
            Event::LeftInvalid { .. } => "left_invalid",
            Event::Blocked { .. } => "blocked",
            Event::Retry { .. } => "retry",
            Event::Progress { .. } => "progress",
            Event::Running { .. } => "running",
        }
    }

    /// Who the event is for.
    pub fn interest(&self) -> Interest {
        match self {
            Self::LockWait { .. }
            | Self::DropInvalid { .. }
            | Self::LeftInvalid { .. }
            | Self::Blocked { .. }
            | Self::Retry { .. } => Interest::Always,
            Self::Begin { .. } | Self::StatementBegin { .. } | Self::FoundDone { .. } => {
                Interest::Verbose
            }
            Self::StatementEnd { .. }
            | Self::End { .. }
            | Self::Progress { .. }
            | Self::Running { .. } => Interest::Animated,
        }
    }

    /// The statement that the event is about, if there is one.
    pub fn at(&self) -> Option<&FilePosition> {
        match self {
            Event::StatementBegin { at }
            | Event::StatementEnd { at, .. }
            | Event::FoundDone { at }
            | Event::DropInvalid { at, .. }
            | Event::LeftInvalid { at, .. }
            | Event::Blocked { at, .. }
            | Event::Retry { at, .. }
            | Event::Progress { at, .. }
            | Event::Running { at, .. } => Some(at),
            Event::LockWait { .. } | Event::Begin { .. } | Event::End { .. } => None,
        }
    }
}

/// A line for people; a line about the current migration is indented.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&line(self))
    }
}

fn line(event: &Event) -> String {
    let at = event.at().map(ToString::to_string).unwrap_or_default();
    match event {
        Event::LockWait { waited, holder } => {
            let holder = holder.as_ref().map(|holder| format!(" ({holder})"));
            format!(
                "another runner is running{}; waited {} for it",
                holder.unwrap_or_default(),
                seconds(*waited)
            )
        }
        Event::Begin {
            version,
            description,
            direction,
            ..
        } => format!("{direction} {version} {description}"),
        Event::End { version, took, .. } => format!("   {version} done in {}", seconds(*took)),
        Event::StatementBegin { .. } => format!("   {at}"),
        Event::StatementEnd { took, .. } => format!("   {at} took {}", seconds(*took)),
        Event::FoundDone { .. } => format!("   {at} was already done"),
        Event::DropInvalid { index, .. } => format!("   dropping the invalid index `{index}`"),
        Event::LeftInvalid { index, .. } => {
            format!("   `{index}` is not valid; the next run drops it")
        }
        Event::Blocked {
            blockage, waited, ..
        } => format!("   {at} has waited {} for {blockage}", seconds(*waited)),
        Event::Retry { tries, pause, .. } => format!(
            "   {at} is tried again in {} (try {})",
            seconds(*pause),
            tries + 1
        ),
        Event::Progress { phase, elapsed, .. } => format!("{phase}, {}", seconds(*elapsed)),
        Event::Running { elapsed, .. } => format!("   {at} has run for {}", seconds(*elapsed)),
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
