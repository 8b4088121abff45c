//! Events of the runner in words, and as values for machines.

use std::time::Duration;

use serde_json::{Value, json};

use crate::migrate::run::Event;

/// A line.
pub(super) fn line(event: &Event) -> String {
    let at = event_place(event);
    match event {
        Event::LockWait { waited, holder } => {
            let holder = holder.as_ref().map(|holder| format!(" ({holder})"));
            format!(
                "another runner is at work{}; waiting since {}",
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
        Event::FoundDone { .. } => format!("   {at} was done already"),
        Event::DropInvalid { index, .. } => format!("   drops `{index}`, which is not valid"),
        Event::LeftInvalid { index, .. } => {
            format!("   `{index}` is not valid; the next run drops it")
        }
        Event::Blocked {
            blockage, waited, ..
        } => format!("   {at} waits since {} for {blockage}", seconds(*waited)),
        Event::Retry { tries, pause, .. } => format!(
            "   {at} is tried again in {} (try {})",
            seconds(*pause),
            tries + 1
        ),
        Event::Progress { phase, elapsed, .. } => format!("{phase}, {}", seconds(*elapsed)),
        Event::Running { elapsed, .. } => format!("   {at} runs since {}", seconds(*elapsed)),
    }
}

/// A value: what happened by its name, with the line.
pub(super) fn value(event: &Event) -> Value {
    let measure = match event {
        Event::Progress { done, total, .. } => json!({ "done": done, "total": total }),
        _ => Value::Null,
    };
    json!({ "event": name(event), "at": event_place(event), "text": line(event).trim(), "measure": measure })
}

fn name(event: &Event) -> &'static str {
    match event {
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

/// The statement that the event is about; empty where it is about none.
fn event_place(event: &Event) -> String {
    match event {
        Event::StatementBegin { at }
        | Event::StatementEnd { at, .. }
        | Event::FoundDone { at }
        | Event::DropInvalid { at, .. }
        | Event::LeftInvalid { at, .. }
        | Event::Blocked { at, .. }
        | Event::Retry { at, .. }
        | Event::Progress { at, .. }
        | Event::Running { at, .. } => at.to_string(),
        Event::LockWait { .. } | Event::Begin { .. } | Event::End { .. } => String::new(),
    }
}

fn seconds(duration: Duration) -> String {
    format!("{:.1} s", duration.as_secs_f64())
}
