//! How a database differs from a schema: changes, weakened guarantees, and what could not be compared.
//!
//! ```no_run
//! # mod freehold { pub use freehold_schema_core::ir; pub use freehold_schema_migrate::*; }
//! # async fn example(url: &str, schema: &freehold::ir::Schema) -> Result<(), Box<dyn std::error::Error>> {
//! use freehold::drift::drift;
//! use freehold::inspect::Inspection;
//! use sqlx::Connection as _;
//!
//! let mut connection = sqlx::PgConnection::connect(url).await?;
//! let drift = drift(&mut connection, &Inspection::of(schema), schema).await?;
//! assert!(drift.is_none(), "the database differs from the structs:\n{drift}");
//! # Ok(())
//! # }
//! ```

mod accept;
mod hanging;
mod sarif;
#[cfg(test)]
mod tests;

use std::fmt;

use sqlx::PgConnection;

use crate::diff::Diff;
use crate::inspect::{
    InspectError, Inspected, Inspection, Unsupported, adopt_same_queries, inspect,
};
use crate::plan::Hanging;
use freehold_schema_core::ir::Schema;

pub use self::accept::Undeclared;
pub use self::sarif::sarif;

/// A side of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// Structs or a snapshot, in which everything is modelled.
    Declared(Schema),
    /// A database, which may contain objects that are not modelled.
    Database(Inspected),
}

/// The difference between two sides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[must_use]
pub struct Drift {
    /// The difference in what a schema can describe.
    pub diff: Diff,
    /// What a schema cannot describe, ordered by kind and name.
    pub unmodelled: Vec<Unmodelled>,
    /// The PostgreSQL schemas that contain objects and were not inspected.
    pub other_namespaces: Vec<String>,
    /// Accepted objects that the database has and the schema does not declare.
    pub accepted: Vec<Undeclared>,
    /// The accepted names that match nothing.
    pub unused_names: Vec<String>,
}

/// Something that is not modelled, and what it means for the comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Unmodelled {
    /// The object or property.
    pub what: Unsupported,
    /// What it means for the comparison.
    pub standing: Standing,
}

/// What something that is not modelled means for a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Standing {
    /// It weakens a guarantee of the declared schema: a difference.
    Weakens,
    /// Only the first of two databases has it: a difference.
    OnlyFirst,
    /// Only the second of two databases has it: a difference.
    OnlySecond,
    /// Both databases have it, with different definitions: a difference.
    Differs,
    /// Both databases have it, with the same definition.
    Same,
    /// It was not compared, so it may be different.
    NotCompared,
    /// Its name is accepted.
    Accepted,
}

impl Standing {
    /// Whether it is a difference.
    pub fn is_difference(self) -> bool {
        match self {
            Self::Weakens | Self::OnlyFirst | Self::OnlySecond | Self::Differs => true,
            Self::Same | Self::NotCompared | Self::Accepted => false,
        }
    }

    /// Its name in JSON: `only_first`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weakens => "weakens",
            Self::OnlyFirst => "only_first",
            Self::OnlySecond => "only_second",
            Self::Differs => "differs",
            Self::Same => "same",
            Self::NotCompared => "not_compared",
            Self::Accepted => "accepted",
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Weakens => "weakened",
            Self::OnlyFirst => "only in the first database, not modelled",
            Self::OnlySecond => "only in the second database, not modelled",
            Self::Differs => "different in the two databases, not modelled",
            Self::Same => "the same in the two databases, not modelled",
            Self::NotCompared => "not modelled, so not compared",
            Self::Accepted => "accepted",
        }
    }
}

impl fmt::Display for Unmodelled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.standing.words(), self.what)?;
        match self.what.cure() {
            Some(cure) if self.standing == Standing::Weakens => write!(f, "; {cure}"),
            _ => Ok(()),
        }
    }
}

impl Source {
    /// What a schema can describe of this side.
    pub fn schema(&self) -> &Schema {
        match self {
            Self::Declared(schema) => schema,
            Self::Database(inspected) => &inspected.schema,
        }
    }

    /// What a schema cannot describe of this side.
    pub fn unsupported(&self) -> &[Unsupported] {
        match self {
            Self::Declared(_) => &[],
            Self::Database(inspected) => &inspected.unsupported,
        }
    }

    /// What [`unsupported`](Self::unsupported) lists and belongs to an object.
    ///
    /// It is the argument of [`Plan::with_hanging`](crate::plan::Plan::with_hanging).
    pub fn hanging(&self) -> Vec<Hanging> {
        self.unsupported().iter().filter_map(hanging::of).collect()
    }

    fn other_namespaces(&self) -> &[String] {
        match self {
            Self::Declared(_) => &[],
            Self::Database(inspected) => &inspected.other_namespaces,
        }
    }
}

impl Drift {
    /// Compares two sides. The changes turn the first side into the second.
    pub fn between(from: &Source, to: &Source) -> Self {
        let mut other_namespaces = [from.other_namespaces(), to.other_namespaces()].concat();
        other_namespaces.sort();
        other_namespaces.dedup();
        Self {
            diff: Diff::between(from.schema(), to.schema()),
            unmodelled: unmodelled(from, to),
            other_namespaces,
            accepted: Vec::new(),
            unused_names: Vec::new(),
        }
    }

    /// This drift, in which what has one of these names is accepted.
    ///
    /// A name is written as in the backquotes of the output: `audit.log`.
    ///
    /// A name accepts something that is not modelled, or an object that the schema does not declare: a table, a part of
    /// a table (`tasks.idx_by_hand`), a view, a routine. It also accepts what is not modelled in an accepted table.
    pub fn accepting(mut self, names: &[String]) -> Self {
        let changes = std::mem::take(&mut self.diff.changes);
        for change in changes {
            match Undeclared::of(&change).filter(|undeclared| undeclared.is_accepted(names)) {
                Some(undeclared) => self.accepted.push(undeclared),
                None => self.diff.changes.push(change),
            }
        }
        let accepted = &self.accepted;
        let is_in_accepted = |name: &str| accepted.iter().any(|undeclared| undeclared.has(name));
        for Unmodelled { what, standing } in &mut self.unmodelled {
            if names.contains(&what.name) || is_in_accepted(&what.name) {
                *standing = Standing::Accepted;
            }
        }
        let is_used = |name: &&String| {
            is_in_accepted(name) || self.unmodelled.iter().any(|own| own.what.name == **name)
        };
        let unused = names
            .iter()
            .filter(|name| !is_used(name))
            .cloned()
            .collect();
        self.unused_names = unused;
        self
    }

    /// Whether everything was compared: all of it is modelled or accepted, and no PostgreSQL schema was left out.
    pub fn is_complete(&self) -> bool {
        let mut all = self.unmodelled.iter();
        self.other_namespaces.is_empty()
            && all.all(|unmodelled| unmodelled.standing != Standing::NotCompared)
    }

    /// Whether nothing is different. What was not compared does not count as different.
    pub fn is_none(&self) -> bool {
        self.diff.is_empty() && self.differing().next().is_none()
    }

    /// Whether the text has nothing to report: nothing is different, everything was compared, and nothing was accepted.
    pub fn is_silent(&self) -> bool {
        let has_names = !self.accepted.is_empty() || !self.unused_names.is_empty();
        let is_whole = self.unmodelled.is_empty() && self.other_namespaces.is_empty();
        self.is_none() && self.diff.stale.is_empty() && is_whole && !has_names
    }

    /// The differences in what is not modelled.
    pub fn differing(&self) -> impl Iterator<Item = &Unmodelled> {
        let all = self.unmodelled.iter();
        all.filter(|unmodelled| unmodelled.standing.is_difference())
    }
}

/// A line for each change and each thing that is not modelled, differences first.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for change in &self.diff.changes {
            writeln!(f, "{change}")?;
        }
        for differing in self.differing() {
            writeln!(f, "{differing}")?;
        }
        if self.is_none() {
            writeln!(f, "no differences")?;
        }
        for stale in &self.diff.stale {
            writeln!(f, "warning: {stale}")?;
        }
        let others = self.unmodelled.iter();
        for other in others.filter(|unmodelled| !unmodelled.standing.is_difference()) {
            writeln!(f, "{other}")?;
        }
        for accepted in &self.accepted {
            writeln!(
                f,
                "accepted: {}, which the schema does not declare",
                accepted.title
            )?;
        }
        for namespace in &self.other_namespaces {
            writeln!(f, "not inspected: PostgreSQL schema `{namespace}`")?;
        }
        for name in &self.unused_names {
            writeln!(
                f,
                "warning: `{name}` is accepted, but nothing that is different or not modelled has this name; remove it, or correct the name"
            )?;
        }
        Ok(())
    }
}

fn unmodelled(from: &Source, to: &Source) -> Vec<Unmodelled> {
    let mut all = match (from, to) {
        (Source::Database(first), Source::Database(second)) => between_databases(first, second),
        _ => compared_with_declared(from.unsupported().iter().chain(to.unsupported())),
    };
    all.sort();
    all.dedup();
    all
}

fn compared_with_declared<'a>(all: impl Iterator<Item = &'a Unsupported>) -> Vec<Unmodelled> {
    let standing = |what: &Unsupported| {
        if what.kind.weakens() {
            Standing::Weakens
        } else {
            Standing::NotCompared
        }
    };
    let all = all.map(|what| Unmodelled {
        what: what.clone(),
        standing: standing(what),
    });
    all.collect()
}

fn between_databases(first: &Inspected, second: &Inspected) -> Vec<Unmodelled> {
    let of_first = first.unsupported.iter();
    let of_first = of_first.map(|what| Unmodelled {
        what: what.clone(),
        standing: standing_in_first(first, second, what),
    });
    let of_second = second.unsupported.iter();
    let of_second = of_second.filter(|what| !first.unsupported.contains(what));
    let of_second = of_second.map(|what| Unmodelled {
        what: what.clone(),
        standing: Standing::OnlySecond,
    });
    of_first.chain(of_second).collect()
}

fn standing_in_first(first: &Inspected, second: &Inspected, what: &Unsupported) -> Standing {
    if !second.unsupported.contains(what) {
        return Standing::OnlyFirst;
    }
    let definitions = [first, second].map(|side| side.definitions.get(what));
    match definitions {
        [Some(one), Some(other)] if one == other => Standing::Same,
        [Some(_), Some(_)] => Standing::Differs,
        _ => Standing::NotCompared,
    }
}

/// Inspects a database and compares it with the target schema.
///
/// # Errors
///
/// [`InspectError`] if the database cannot be inspected.
pub async fn drift(
    connection: &mut PgConnection,
    what: &Inspection,
    target: &Schema,
) -> Result<Drift, InspectError> {
    let mut found = inspect(connection, what).await?;
    adopt_same_queries(connection, &mut found.schema, target).await?;
    let found = Source::Database(found);
    Ok(Drift::between(&found, &Source::Declared(target.clone())))
}
