//! The chain of hashes over the migrations of a directory.
//!
//! Each hash includes the hash before it. An edited file, and two branches that both added a migration after the same
//! one, are therefore found without a database.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use sha2::{Digest as _, Sha256};

use super::{Directory, Migration};

/// The name of the file in the migrations directory.
pub const CHAIN_FILE: &str = "chain.txt";

const HEADER: &str = "# Each line: a migration, and a hash over it and the line before. Written by `migrate new`; committed.\n";

/// The migrations with their hashes from when they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    links: Vec<Link>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Link {
    version: i64,
    hash: String,
}

/// A problem in a directory of migrations.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ChainProblem {
    /// A file was edited.
    #[error(
        "migration {version} was edited after it was written; undo the edit, and make the change in a new migration"
    )]
    Edited {
        /// The migration.
        version: i64,
    },
    /// Two branches both added a migration after the same one.
    #[error(
        "migration {version} does not follow the one before it: two branches both added a migration; run `migrate rebase`"
    )]
    Branched {
        /// The first migration that does not follow.
        version: i64,
    },
    /// A migration of the chain has no file.
    #[error(
        "migration {version} is in `{CHAIN_FILE}` and has no file; restore it from the history of the repository"
    )]
    Missing {
        /// The migration.
        version: i64,
    },
    /// A file is not in the chain.
    #[error(
        "migration {version} is not in `{CHAIN_FILE}`; if it was written by hand, run `migrate adopt`"
    )]
    Unlisted {
        /// The migration.
        version: i64,
    },
    /// A line of the chain file is not a migration and its hash.
    #[error(
        "line {line} of `{CHAIN_FILE}` is not a migration and its hash; take the file of one of the two branches, and run `migrate rebase`"
    )]
    Line {
        /// The line number, from 1.
        line: usize,
    },
}

/// An error on reading or writing the chain file.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be read or written", path.display())]
pub struct ChainError {
    path: PathBuf,
    source: io::Error,
}

impl Chain {
    /// Reads the chain of a directory; without a file, the chain is empty. A line that cannot be parsed is a problem.
    ///
    /// # Errors
    ///
    /// [`ChainError`] if the file exists and cannot be read.
    pub fn read(directory: &Path) -> Result<(Self, Vec<ChainProblem>), ChainError> {
        let path = directory.join(CHAIN_FILE);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Self::parse(&text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok((Self::default(), Vec::new()))
            }
            Err(source) => Err(ChainError { path, source }),
        }
    }

    fn parse(text: &str) -> (Self, Vec<ChainProblem>) {
        let mut chain = Self::default();
        let mut problems = Vec::new();
        let lines = text.lines().enumerate();
        for (index, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let mut words = line.split_whitespace();
            let version = words.next().and_then(|word| word.parse().ok());
            match (version, words.next(), words.next()) {
                (Some(version), Some(hash), None) => chain.links.push(Link {
                    version,
                    hash: hash.to_owned(),
                }),
                _ => problems.push(ChainProblem::Line { line: index + 1 }),
            }
        }
        (chain, problems)
    }

    /// The text of the file.
    pub fn text(&self) -> String {
        let mut text = HEADER.to_owned();
        for Link { version, hash } in &self.links {
            // Writing into a `String` never fails.
            let _ = writeln!(text, "{version} {hash}");
        }
        text
    }

    /// The version of the last migration of the chain.
    pub fn last(&self) -> Option<i64> {
        self.links.last().map(|link| link.version)
    }

    /// Whether the chain has the migration.
    pub fn has(&self, version: i64) -> bool {
        self.links.iter().any(|link| link.version == version)
    }

    /// Appends a migration.
    pub fn push(&mut self, migration: &Migration) {
        let before = self.links.last().map_or("", |link| &link.hash);
        let hash = hash(before, migration);
        self.links.push(Link {
            version: migration.version,
            hash,
        });
    }

    /// The part of the chain before the first migration that does not follow.
    #[must_use]
    pub fn sound(&self, directory: &Directory) -> Self {
        let mut sound = Self::default();
        for link in &self.links {
            let mut next = sound.clone();
            let Some(migration) = directory.get(link.version) else {
                break;
            };
            next.push(migration);
            if next.links.last() != Some(link) {
                break;
            }
            sound = next;
        }
        sound
    }

    /// Returns all problems.
    pub fn problems(&self, directory: &Directory) -> Vec<ChainProblem> {
        let mut problems = Vec::new();
        let mut before = "";
        for link in &self.links {
            let version = link.version;
            match directory.get(version) {
                None => problems.push(ChainProblem::Missing { version }),
                Some(migration) if hash(before, migration) == link.hash => {}
                // The hash fits another predecessor: the file is unchanged, the order is wrong.
                Some(migration) if self.follows_another(link, migration) => {
                    problems.push(ChainProblem::Branched { version });
                }
                Some(_) => problems.push(ChainProblem::Edited { version }),
            }
            before = &link.hash;
        }
        let unlisted = directory.iter().map(|migration| migration.version);
        let unlisted = unlisted.filter(|version| !self.has(*version));
        problems.extend(unlisted.map(|version| ChainProblem::Unlisted { version }));
        problems
    }

    fn follows_another(&self, link: &Link, migration: &Migration) -> bool {
        let others = self.links.iter().map(|other| other.hash.as_str());
        let mut befores = std::iter::once("").chain(others);
        befores.any(|before| hash(before, migration) == link.hash)
    }
}

/// SHA-256 over the hash before, the version, and both files.
fn hash(before: &str, migration: &Migration) -> String {
    let mut digest = Sha256::new();
    let down = migration.down.as_ref().map_or("", |down| &down.sql);
    for part in [
        before,
        &migration.version.to_string(),
        &migration.up.sql,
        down,
    ] {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    digest
        .finalize()
        .iter()
        .fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}
