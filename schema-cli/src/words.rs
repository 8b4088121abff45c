//! Events of the runner as JSON.

use serde_json::{Value, json};

use freehold_schema_migrate::migrate::run::Event;

/// An event by its name, with its text.
pub(super) fn value(event: &Event) -> Value {
    let measure = match event {
        Event::Progress { done, total, .. } => json!({ "done": done, "total": total }),
        _ => Value::Null,
    };
    let at = event.at().map(ToString::to_string).unwrap_or_default();
    json!({ "event": event.name(), "at": at, "text": event.to_string().trim(), "measure": measure })
}
