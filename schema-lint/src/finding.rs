use std::fmt;
use std::path::PathBuf;

use super::LintRule;

/// A problem that a rule found.
///
/// `Display` prints it as `path:line:column: id message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static LintRule,
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The statement on one line; a long statement is shortened.
    pub statement: String,
    /// What is wrong with it.
    pub message: String,
    /// What to do.
    pub fix: Fix,
}

/// What to do about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// In words.
    pub words: String,
    /// As an edit of the file, if the edit alone solves the problem.
    pub edit: Option<Edit>,
}

/// A range of a file, and the text that replaces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The line in which the range begins, from 1.
    pub line: usize,
    /// The column of the first character, from 1.
    pub column: usize,
    /// The line in which the range ends, from 1.
    pub end_line: usize,
    /// The column after the last character. The range is empty if the edit only inserts text.
    pub end_column: usize,
    /// The text to write.
    pub text: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path, line, column, ..
        } = self;
        let path = path.display();
        write!(
            f,
            "{path}:{line}:{column}: {} {}",
            self.rule.id, self.message
        )
    }
}
