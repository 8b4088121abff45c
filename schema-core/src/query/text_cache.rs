//! The texts of statements that find a row by its key, kept with the table. Two such statements differ only in their
//! values.

use std::sync::{Arc, PoisonError, RwLock};

use sqlx::postgres::PgArguments;

use super::argument::Argument;
use super::visibility::{Deleted, Enforcement, Visibility};

/// The kept texts of a table: at most one for each finder of the program, mode and list of columns.
#[derive(Debug, Default)]
pub(super) struct TextCache(RwLock<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    mode: Mode,
    columns: Vec<usize>,
    text: CachedText,
}

/// A text, and how its parameters are filled.
#[derive(Clone, Debug)]
pub(super) struct CachedText {
    text: Arc<String>,
    /// The number of the parameter with the owner's key, if the text has one. The others are the values, in their
    /// order.
    key_at: Option<usize>,
}

/// What the text depends on besides the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mode {
    reach: Reach,
    deleted: Deleted,
    lock: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    Owner(Enforcement),
    AllOwners,
    SharedOnly,
}

/// The columns of a condition of the form `column = value AND ..`, and the values.
pub(super) struct Equalities<'n>(pub(super) Vec<(usize, &'n dyn Argument)>);

impl Mode {
    pub(super) fn new(
        visibility: Visibility<'_>,
        deleted: Deleted,
        lock: Option<&'static str>,
    ) -> Self {
        let reach = match visibility {
            Visibility::Owner(_, enforcement) => Reach::Owner(enforcement),
            Visibility::AllOwners => Reach::AllOwners,
            Visibility::SharedOnly => Reach::SharedOnly,
        };
        Self {
            reach,
            deleted,
            lock,
        }
    }
}

impl Equalities<'_> {
    fn columns(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|(column, _)| *column)
    }
}

impl TextCache {
    pub(super) const fn new() -> Self {
        Self(RwLock::new(Vec::new()))
    }

    /// The kept text that finds rows by these columns.
    pub(super) fn find(&self, mode: Mode, by: &Equalities<'_>) -> Option<CachedText> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let same =
            |kept: &&Kept| kept.mode == mode && kept.columns.iter().copied().eq(by.columns());
        all.iter().find(same).map(|kept| kept.text.clone())
    }

    /// Keeps a text. If two are written at the same time, one is kept.
    pub(super) fn keep(&self, mode: Mode, by: &Equalities<'_>, text: &CachedText) {
        if self.find(mode, by).is_some() {
            return;
        }
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        all.push(Kept {
            mode,
            columns: by.columns().collect(),
            text: text.clone(),
        });
    }
}

impl CachedText {
    /// A text that was written for these values. `None` if it contains one of them more than once.
    pub(super) fn new(
        text: &Arc<String>,
        by: &Equalities<'_>,
        key_at: Option<usize>,
        parameters: usize,
    ) -> Option<Self> {
        let each_once = parameters == by.0.len() + usize::from(key_at.is_some());
        each_once.then(|| Self {
            text: text.clone(),
            key_at,
        })
    }

    /// The text with its arguments. `None` if one of them cannot be sent.
    pub(super) fn with(
        self,
        visibility: Visibility<'_>,
        by: &Equalities<'_>,
    ) -> Option<(Arc<String>, PgArguments)> {
        let mut arguments = PgArguments::default();
        let mut values = by.0.iter().map(|(_, value)| *value);
        for number in 1..=by.0.len() + usize::from(self.key_at.is_some()) {
            let argument = match (visibility, self.key_at) {
                (Visibility::Owner(key, _), Some(at)) if at == number => key,
                _ => values.next()?,
            };
            argument.add(&mut arguments).ok()?;
        }
        Some((self.text, arguments))
    }
}
