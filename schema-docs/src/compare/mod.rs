//! Two documents side by side, for a review.

mod fact;
mod segment;

use std::collections::{BTreeMap, BTreeSet};

use crate::document::Document;
use fact::{Key, facts};

pub use segment::Segment;

/// What is different between two documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The changes, by table; those of other objects come last.
    pub groups: Vec<ChangeGroup>,
    /// The PostgreSQL schemas of a database that were not compared.
    pub not_read: Vec<String>,
}

/// The changes of a table, or of the objects that belong to no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeGroup {
    /// The table; `None` for other objects.
    pub table: Option<String>,
    /// The changes.
    pub changes: Vec<Change>,
}

/// An object of one or both documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is: `column`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// What the first document says of it, if it has it.
    pub before: Option<String>,
    /// What the second document says of it, if it has it.
    pub after: Option<String>,
}

impl Change {
    /// `added`, `removed` or `changed`.
    pub const fn word(&self) -> &'static str {
        match (&self.before, &self.after) {
            (None, _) => "added",
            (Some(_), None) => "removed",
            (Some(_), Some(_)) => "changed",
        }
    }
}

impl Comparison {
    /// Compares two documents. A renamed table or column is compared with the one that it was.
    pub fn of(before: &Document, after: &Document) -> Self {
        let (old, new) = (facts(before, Some(after)), facts(after, None));
        let keys: BTreeSet<&Key> = old.keys().chain(new.keys()).collect();
        let mut groups: BTreeMap<(bool, Option<&str>), Vec<Change>> = BTreeMap::new();
        for key in keys {
            let (before, after) = (old.get(key), new.get(key));
            if before != after {
                let table = key.table.as_deref();
                let changes = groups.entry((table.is_none(), table)).or_default();
                changes.push(Change {
                    kind: key.kind.words(),
                    name: key.name.clone(),
                    before: before.cloned(),
                    after: after.cloned(),
                });
            }
        }
        let groups = groups.into_iter().map(|((_, table), changes)| ChangeGroup {
            table: table.map(str::to_owned),
            changes,
        });
        let not_read = before.not_read.iter().chain(&after.not_read);
        let not_read: BTreeSet<&String> = not_read.collect();
        Self {
            groups: groups.collect(),
            not_read: not_read.into_iter().cloned().collect(),
        }
    }

    /// Whether nothing is different.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}
