//! A plan as the files of a migration, in the layouts of several tools.

mod alembic;
mod dbmate;
mod diesel;
mod header;
mod numbered;
mod refinery;
mod sqlx;

use crate::plan::{Mode, Plan, Stage};
use freehold_schema_core::ddl::Dialect;

/// A file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationFile {
    /// Where it stands below the directory of migrations, with `/` between folders.
    pub path: String,
    /// What stands in it.
    pub contents: String,
}

/// The layouts, by the names that `--format` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `<version>_<name>.up.sql` and `.down.sql`, for `sqlx migrate` and for the runner of this crate.
    Sqlx,
    /// `<number>_<name>.sql` with an `-- UP` and a `-- DOWN` half.
    Single,
    /// `V<version>__<name>.sql`: refinery has no way back.
    Refinery,
    /// `<version>_<name>/up.sql` and `down.sql`.
    Diesel,
    /// `<version>_<name>.sql` with `-- migrate:up` and `-- migrate:down`.
    Dbmate,
    /// `versions/<version>_<name>.py`
    Alembic,
}

const FORMATS: [(Format, &str); 6] = [
    (Format::Sqlx, "sqlx"),
    (Format::Single, "single"),
    (Format::Refinery, "refinery"),
    (Format::Diesel, "diesel"),
    (Format::Dbmate, "dbmate"),
    (Format::Alembic, "alembic"),
];

impl Format {
    /// Every format with its name.
    pub fn all() -> impl Iterator<Item = (Self, &'static str)> {
        FORMATS.into_iter()
    }

    /// The format of this name.
    pub fn by_name(name: &str) -> Option<Self> {
        let found = Self::all().find(|(_, own)| *own == name);
        found.map(|(format, _)| format)
    }
}

/// What a migration is called and why it is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The version of its first file: `20261127143000`. Each file after it counts one up.
    pub version: i64,
    /// What it does, in a few words: `add due date`.
    pub description: String,
    /// Why it is made.
    pub reason: Option<String>,
    /// The version of the migration before it, for the tools whose files name it.
    pub after: Option<i64>,
}

/// One stage of a plan, ready to be written.
struct Part<'a> {
    about: &'a About,
    version: i64,
    /// The version of the part before, or of the migration before.
    after: Option<i64>,
    /// What it is called: the description, and from the second part on its place.
    title: String,
    mode: Mode,
    stage: &'a Stage,
    up: Vec<String>,
    down: Vec<String>,
}

impl Part<'_> {
    fn is_transactional(&self) -> bool {
        self.mode != Mode::Alone
    }

    /// The title as part of a file's name, on every file system.
    fn slug(&self) -> String {
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

/// The files that make a plan happen and take it back, a stage a file. The layout of each tool says how; what a tool cannot do stands in
/// the file as a comment.
pub fn files(
    plan: &Plan,
    about: &About,
    format: Format,
    dialect: &dyn Dialect,
) -> Vec<MigrationFile> {
    let write = match format {
        Format::Sqlx => sqlx::files,
        Format::Single => numbered::files,
        Format::Refinery => refinery::files,
        Format::Diesel => diesel::files,
        Format::Dbmate => dbmate::files,
        Format::Alembic => alembic::files,
    };
    let parts = parts(plan, about, dialect);
    parts.iter().flat_map(write).collect()
}

fn parts<'a>(plan: &'a Plan, about: &'a About, dialect: &dyn Dialect) -> Vec<Part<'a>> {
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

/// Statements, each with its semicolon; a comment where there are none.
fn script(statements: &[String]) -> String {
    if statements.is_empty() {
        return "-- nothing has to be done\n".to_owned();
    }
    freehold_schema_core::ddl::script(statements)
}
