//! `docs/doctor.md` contains the table of the checks.

use std::fmt::Write as _;
use std::fs;

use freehold::operations::{CHECKS, Check};

use crate::TestResult;

/// The test checks the page behind this line.
const MARK: &str = "<!-- the checks: a test keeps what follows equal to the table of checks -->\n";

fn checks() -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for check in CHECKS {
        write!(text, "\n### {}\n\n", check.id)?;
        let summary = format!("{}: {}.", check.severity, check.finds);
        let paragraphs = [
            summary,
            format!("{}.", check.why),
            format!("Fix: {}.", check.fix),
        ];
        text.push_str(&paragraphs.map(|paragraph| wrapped(&paragraph)).join("\n"));
        if !check.limits.is_empty() {
            write!(text, "\n{}", wrapped(&limits(check)))?;
        }
    }
    Ok(text)
}

/// `Limits: `days` 35 days; `bytes` 10485760 bytes.`
fn limits(check: &Check) -> String {
    let limits = check
        .limits
        .iter()
        .map(|limit| format!("`{}` {} {}", limit.name, limit.value, limit.unit));
    format!("Limits: {}.", limits.collect::<Vec<_>>().join("; "))
}

/// A paragraph in lines of at most 120 characters.
fn wrapped(paragraph: &str) -> String {
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + word.chars().count() < 120 => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_page_has_the_texts_of_the_checks() -> TestResult {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/doctor.md");
    let page = fs::read_to_string(path)?;
    let (head, _) = page
        .split_once(MARK)
        .ok_or("`docs/doctor.md` has no place for the checks")?;
    let wanted = format!("{head}{MARK}{}", checks()?);
    if page != wanted {
        let new = concat!(env!("CARGO_TARGET_TMPDIR"), "/doctor.md");
        fs::write(new, wanted)?;
        return Err(format!(
            "`docs/doctor.md` is not what the checks say; what it should be is in `{new}`"
        )
        .into());
    }
    Ok(())
}
