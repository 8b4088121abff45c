//! A report as text for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::check::Finding;
use crate::report::Report;
use crate::severity::Severity;

/// How wide the text is, and whether it has colours.
#[derive(Clone, Copy, Debug)]
pub struct TextForm {
    /// The columns of the terminal.
    pub width: usize,
    /// Whether severities have a colour.
    pub is_coloured: bool,
}

/// The indent of what belongs to a finding.
const INDENT: usize = 9;

/// The findings with their fixes, what was not judged, and a line that counts them.
///
/// ```
/// use freehold_schema_operations::{Report, TextForm, text};
///
/// let form = TextForm { width: 80, is_coloured: false };
/// assert!(text(&Report::default(), form).starts_with("nothing found"));
/// ```
pub fn text(report: &Report, form: TextForm) -> String {
    let mut text = String::new();
    for finding in &report.findings {
        write_finding(&mut text, finding, form);
    }
    for not_judged in &report.not_judged {
        let line = format!("{}: {}", not_judged.check.id, not_judged.why);
        write_block(&mut text, "skipped", Style::new().dimmed(), &line, form);
    }
    if !report.findings.is_empty() || !report.not_judged.is_empty() {
        text.push('\n');
    }
    text.push_str(&summary(report));
    text
}

/// Backquotes mark names and SQL, as in every message.
fn write_finding(text: &mut String, finding: &Finding, form: TextForm) {
    let line = format!("{} ({})", finding.message, finding.check.id);
    write_block(
        text,
        finding.severity.word(),
        style(finding.severity),
        &line,
        form,
    );
    write_wrapped(text, &format!("fix: {}", finding.fix), form);
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Advice => AnsiColor::Cyan.on_default(),
    }
}

/// A word, and beside it the lines.
fn write_block(text: &mut String, word: &str, style: Style, line: &str, form: TextForm) {
    let gap = " ".repeat(INDENT.saturating_sub(word.len()));
    let word = if form.is_coloured {
        format!("{style}{word}{style:#}")
    } else {
        word.to_owned()
    };
    let lines = wrapped(line, form.width.saturating_sub(INDENT));
    for (number, line) in lines.iter().enumerate() {
        // Writing into a `String` never fails.
        let _ = if number == 0 {
            writeln!(text, "{word}{gap}{line}")
        } else {
            writeln!(text, "{:INDENT$}{line}", "")
        };
    }
}

fn write_wrapped(text: &mut String, line: &str, form: TextForm) {
    for line in wrapped(line, form.width.saturating_sub(INDENT)) {
        let _ = writeln!(text, "{:INDENT$}{line}", "");
    }
}

/// Lines of at most `width` characters, unless a word is longer.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// `2 errors, 1 warning; 40 checks in 0.3 s, 3 skipped`
fn summary(report: &Report) -> String {
    let counts = Severity::ALL.map(|severity| (report.count(severity), severity));
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<_> = counts
        .map(|(count, severity)| counted(count, severity))
        .collect();
    let found = if counts.is_empty() {
        "nothing found".to_owned()
    } else {
        counts.join(", ")
    };
    let skipped = match report.not_judged.len() {
        0 => String::new(),
        count => format!(", {count} skipped"),
    };
    let seconds = report.took.as_secs_f64();
    let checks = match report.judged.len() {
        1 => "1 check".to_owned(),
        count => format!("{count} checks"),
    };
    format!("{found}; {checks} in {seconds:.1} s{skipped}\n")
}

fn counted(count: usize, severity: Severity) -> String {
    match (count, severity) {
        (_, Severity::Advice) => format!("{count} advice"),
        (1, severity) => format!("1 {severity}"),
        (count, severity) => format!("{count} {severity}s"),
    }
}
