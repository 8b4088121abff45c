//! How urgent a finding is.

use std::fmt;

/// How urgent a finding is. The most urgent is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Rows are wrong, lost or visible to others, or statements will fail: mend it now.
    Error,
    /// It becomes a fault if nothing is done: look at it today.
    Warning,
    /// It costs space or time.
    Advice,
}

impl Severity {
    /// Every severity, the most urgent first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Advice];

    /// Its word: `error`, `warning` or `advice`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Advice => "advice",
        }
    }

    /// The severity with this word.
    pub fn by_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
