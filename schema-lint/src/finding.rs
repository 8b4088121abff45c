use std::fmt;
use std::path::PathBuf;

use super::LintRule;

/// Something that a rule found.
///
/// It is printed as `path:line:column: id message`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static LintRule,
    /// The file.
    pub path: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The character of the line, from 1.
    pub column: usize,
    /// The statement, on one line and cut where it is long.
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
    /// As text, where that is all there is to do.
    pub edit: Option<Edit>,
}

/// A piece of a file, and what to write there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The line in which the piece begins, from 1.
    pub line: usize,
    /// The character of that line, from 1.
    pub column: usize,
    /// The line in which it ends.
    pub end_line: usize,
    /// The character after its last one; the same place as its beginning where nothing is taken away.
    pub end_column: usize,
    /// What to write.
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
