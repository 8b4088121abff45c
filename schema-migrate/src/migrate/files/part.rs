//! The parts of a migration, as every layout writes them.

use crate::plan::{Mode, Plan, Stage};
use freehold_schema_core::ddl::Dialect;

/// A file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationFile {
    /// The path below the migrations directory, with `/` between folders.
    pub path: String,
    /// The content.
    pub contents: String,
}

/// The name of a migration and the reason for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The version of the first file: `20261127143000`. Each following file counts one up.
    pub version: i64,
    /// What the migration does, in a few words: `add due date`.
    pub description: String,
    /// Why the change is made.
    pub reason: Option<String>,
    /// The version of the previous migration, for tools whose files name it.
    pub after: Option<i64>,
}

/// One stage of a plan, ready to be written.
pub(super) struct Part<'a> {
    pub(super) about: &'a About,
    pub(super) version: i64,
    /// The version of the previous part or, for the first part, of the previous migration.
    pub(super) after: Option<i64>,
    /// The title: the description, with a number from the second part on.
    pub(super) title: String,
    pub(super) mode: Mode,
    pub(super) stage: &'a Stage,
    pub(super) up: Vec<String>,
    pub(super) down: Vec<String>,
}

impl Part<'_> {
    pub(super) fn is_transactional(&self) -> bool {
        self.mode != Mode::Alone
    }

    /// The title as part of a file name that is valid on every file system.
    pub(super) fn slug(&self) -> String {
        let word = |c: char| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        };
        let words: String = self.title.chars().map(word).collect();
        let words: Vec<_> = words.split('_').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            "migration".to_owned()
        } else {
            words.join("_")
        }
    }
}

pub(super) fn parts<'a>(plan: &'a Plan, about: &'a About, dialect: &dyn Dialect) -> Vec<Part<'a>> {
    let mut after = about.after;
    let mut parts = Vec::new();
    for (stage, index) in plan.stages.iter().zip(0_i64..) {
        let version = about.version + index;
        let title = match index {
            0 => about.description.clone(),
            _ => format!("{} {}", about.description, index + 1),
        };
        parts.push(Part {
            about,
            version,
            after,
            title,
            mode: stage.mode,
            stage,
            up: plan.up(stage, dialect),
            down: plan.down(stage, dialect),
        });
        after = Some(version);
    }
    parts
}

/// Statements, each with its semicolon, or a comment if there are none.
pub(super) fn script(statements: &[String]) -> String {
    if statements.is_empty() {
        return "-- nothing to do\n".to_owned();
    }
    freehold_schema_core::ddl::script(statements)
}
