//! Shows the progress of migrations: a line for each migration and, on a terminal, a bar or a spinner for the current
//! statement.

use std::io::{IsTerminal as _, Write as _};
use std::sync::Mutex;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::words;
use freehold_schema_migrate::migrate::Direction;
use freehold_schema_migrate::migrate::run::{Event, Interest};

/// How much is printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A line for each migration, and for each delay.
    Brief,
    /// Also a line for each statement.
    Verbose,
    /// Each event as JSON on standard error.
    Json,
}

/// Returns the listener for the events of the runner.
pub(super) fn listener(form: Form) -> impl Fn(&Event) + Send + Sync + 'static {
    let is_terminal = std::io::stderr().is_terminal();
    let shown = Mutex::new(Shown::default());
    move |event| match shown.lock() {
        _ if form == Form::Json => line(&words::value(event).to_string()),
        Ok(mut shown) => shown.show(event, form, is_terminal),
        Err(_) => {}
    }
}

/// The state of the screen.
#[derive(Default)]
struct Shown {
    /// The bar or spinner of the current statement, on a terminal.
    at_work: Option<ProgressBar>,
    /// The migration that runs: its direction, version and description.
    migration: Option<(Direction, i64, String)>,
}

impl Shown {
    fn show(&mut self, event: &Event, form: Form, is_terminal: bool) {
        if let Event::Begin {
            version,
            description,
            direction,
            ..
        } = event
        {
            self.migration = Some((*direction, *version, description.clone()));
        }
        if is_terminal {
            self.animate(event);
        }
        if let Event::End { took, .. } = event {
            self.ended(*took);
        } else if is_worth_a_line(event, form) {
            self.above(&event.to_string());
        }
    }

    /// Prints the result of a migration as soon as it ends.
    fn ended(&mut self, took: Duration) {
        self.clear();
        if let Some((direction, version, description)) = self.migration.take() {
            let seconds = took.as_secs_f64();
            // A line that cannot be written must not stop a migration.
            drop(writeln!(
                std::io::stdout(),
                "{direction} {version} {description} ({seconds:.1} s)"
            ));
        }
    }

    /// Shows a bar if the amount of work is known, else a spinner.
    fn animate(&mut self, event: &Event) {
        match event {
            Event::Progress { done, total, .. } => {
                let bar = self.at_work.get_or_insert_with(spinner);
                set_template(bar, "{bar:30} {percent:>3}% {msg}");
                bar.set_length(*total);
                bar.set_position(*done);
                bar.set_message(event.to_string());
            }
            Event::StatementBegin { .. } | Event::Running { .. } => {
                let bar = self.at_work.get_or_insert_with(spinner);
                set_template(bar, "{spinner} {wide_msg}");
                bar.set_message(event.to_string().trim_start().to_owned());
            }
            Event::StatementEnd { .. } => self.clear(),
            _ => {}
        }
    }

    fn clear(&mut self) {
        if let Some(bar) = self.at_work.take() {
            bar.finish_and_clear();
        }
    }

    fn above(&self, text: &str) {
        match &self.at_work {
            Some(bar) => bar.println(text),
            None => line(text),
        }
    }
}

/// Progress comes five times a second and would hide the other lines; a plan of a hundred statements would print a
/// hundred lines.
fn is_worth_a_line(event: &Event, form: Form) -> bool {
    match event.interest() {
        Interest::Always => true,
        Interest::Verbose => form == Form::Verbose,
        Interest::Animated => false,
    }
}

/// Prints a line to standard error. A line that cannot be written must not stop a migration.
fn line(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

fn spinner() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn set_template(bar: &ProgressBar, template: &str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
}
