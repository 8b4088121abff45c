//! `docs/lint.md` contains the table of the rules.

use std::fmt::Write as _;
use std::fs;

use freehold::lint::RULES;

use crate::TestResult;

/// The test checks the page behind this line.
const MARK: &str = "<!-- the rules: a test keeps what follows equal to the rule table -->\n";

fn rules() -> Result<String, std::fmt::Error> {
    let mut text = String::new();
    for rule in RULES {
        let opt_in = if rule.is_opt_in { ", opt-in" } else { "" };
        let severity = rule.severity.word();
        write!(text, "\n### {}\n\n", rule.id)?;
        let summary = format!("`{}`, {severity}{opt_in}: {}.", rule.name, rule.summary);
        let instead = format!("Instead: {}.", rule.instead);
        let paragraphs = [&summary, rule.why, &instead].map(wrapped);
        text.push_str(&paragraphs.join("\n"));
    }
    Ok(text)
}

/// A paragraph in lines of at most 120 characters.
fn wrapped(paragraph: &str) -> String {
    let mut lines = vec![String::new()];
    for word in paragraph.split(' ') {
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
fn the_page_has_the_texts_of_the_rules() -> TestResult {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/lint.md");
    let page = fs::read_to_string(path)?;
    let (head, _) = page
        .split_once(MARK)
        .ok_or("`docs/lint.md` has no place for the rules")?;
    let wanted = format!("{head}{MARK}{}", rules()?);
    if page != wanted {
        let new = concat!(env!("CARGO_TARGET_TMPDIR"), "/lint.md");
        fs::write(new, wanted)?;
        return Err(format!(
            "`docs/lint.md` is not what the rules say; what it should be is in `{new}`"
        )
        .into());
    }
    Ok(())
}
