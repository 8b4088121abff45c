//! Prints the table.

use std::time::Duration;

use crate::load::Seen;
use crate::measure::Measured;

/// The width of the column with the names.
const NAME: usize = 36;

pub(crate) fn head() {
    println!("{:NAME$} {:>35}   {:>35}", "", "as planned", "naive");
    let columns = format!("{:>11} {:>11} {:>11}", "took", "writer", "reader");
    println!("{:NAME$} {columns}   {columns}", "change");
}

pub(crate) fn line(name: &str, planned: &Measured, naive: Option<&Measured>) {
    let naive = naive.map(cells).unwrap_or_default();
    println!("{name:NAME$} {}   {naive}", cells(planned));
}

fn cells(measured: &Measured) -> String {
    let wait = |seen: &Seen| {
        let failed = if seen.errors.is_empty() { "" } else { "!" };
        format!("{failed}{}", milliseconds(seen.longest))
    };
    let (writer, reader) = (wait(&measured.waits.writer), wait(&measured.waits.reader));
    format!(
        "{:>11} {writer:>11} {reader:>11}",
        milliseconds(measured.took)
    )
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

pub(crate) fn faults(faults: &[String]) {
    println!("\n`!`: statements failed");
    for fault in faults {
        println!("{fault}");
    }
}
