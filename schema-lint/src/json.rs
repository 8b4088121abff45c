//! The findings as JSON.

use serde::Serialize;

use super::{Edit, Finding};

#[derive(Serialize)]
struct Entry<'a> {
    rule: &'a str,
    name: &'a str,
    severity: &'a str,
    path: String,
    line: usize,
    column: usize,
    statement: &'a str,
    message: &'a str,
    fix: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<Change<'a>>,
    docs: String,
}

#[derive(Serialize)]
struct Change<'a> {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    text: &'a str,
}

impl<'a> From<&'a Edit> for Change<'a> {
    fn from(edit: &'a Edit) -> Self {
        Self {
            line: edit.line,
            column: edit.column,
            end_line: edit.end_line,
            end_column: edit.end_column,
            text: &edit.text,
        }
    }
}

impl<'a> From<&'a Finding> for Entry<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            rule: finding.rule.id,
            name: finding.rule.name,
            severity: finding.rule.severity.word(),
            path: finding.path.display().to_string(),
            line: finding.line,
            column: finding.column,
            statement: &finding.statement,
            message: &finding.message,
            fix: &finding.fix.words,
            edit: finding.fix.edit.as_ref().map(Change::from),
            docs: finding.rule.docs(),
        }
    }
}

/// Returns the findings as a JSON array.
///
/// Each object has `rule`, `name`, `severity`, `path`, `line`, `column`, `statement`, `message`, `fix` and `docs`, and
/// `edit` if the fix has one.
pub fn json(findings: &[Finding]) -> String {
    let entries: Vec<_> = findings.iter().map(Entry::from).collect();
    // Serialising strings and numbers cannot fail.
    serde_json::to_string_pretty(&entries).unwrap_or_default()
}
