//! What happens while migrations run: bars on a terminal, lines elsewhere, JSON for machines.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use super::words;
use crate::migrate::run::Event;
use indicatif::{ProgressBar, ProgressStyle};

/// The function that the runner tells.
pub(super) fn listener(json: bool) -> impl Fn(&Event) + Send + Sync + 'static {
    let bar = Mutex::new(None);
    let is_terminal = std::io::stderr().is_terminal();
    move |event| {
        if json {
            line(&words::value(event).to_string());
        } else if is_terminal {
            if let Ok(mut bar) = bar.lock() {
                show(&mut bar, event);
            }
        } else if is_worth_a_line(event) {
            line(&words::line(event));
        }
    }
}

/// Five lines a second would hide the others.
fn is_worth_a_line(event: &Event) -> bool {
    !matches!(
        event,
        Event::Progress { .. } | Event::Running { .. } | Event::StatementEnd { .. }
    )
}

/// What cannot be written is not worth stopping a migration for.
fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A bar for what has a measure; everything else is a line above it.
fn show(bar: &mut Option<ProgressBar>, event: &Event) {
    match event {
        Event::Progress { done, total, .. } => {
            let bar = bar.get_or_insert_with(new_bar);
            bar.set_length(*total);
            bar.set_position(*done);
            bar.set_message(words::line(event));
        }
        Event::StatementEnd { .. } => {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
        }
        other => match bar {
            Some(bar) => bar.println(words::line(other)),
            None => line(&words::line(other)),
        },
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent:>3}% {msg}") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
