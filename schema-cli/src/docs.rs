//! `schema docs`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::json;

use crate::arguments::Docs;
use crate::failure::Failure;
use crate::measured;
use crate::output::Output;
use crate::source;
use freehold_schema_core::ir::Schema;
use freehold_schema_core::model::SchemaDef;
use freehold_schema_core::normal;
use freehold_schema_docs::compare::Comparison;
use freehold_schema_docs::document::Document;
use freehold_schema_docs::facts::Facts;
use freehold_schema_docs::{File, Options, files, markdown};
use freehold_schema_migrate::drift::Source;
use freehold_schema_migrate::migrate::Directory;

/// Writes the documents, or compares them with those in the directory. The exit status is 3 if one is not up to date.
pub(super) async fn run(
    def: &SchemaDef,
    declared: &Schema,
    arguments: &Docs,
    output: Output,
) -> Result<u8, Failure> {
    let files = match arguments.diff.as_deref() {
        Some([before, after]) => vec![changes(declared, before, after).await?],
        _ => documents(def, declared, arguments).await?,
    };
    let out = &arguments.out;
    let states = files.into_iter().map(|file| {
        let path = out.join(&file.path);
        let state = if arguments.check {
            compared(&path, &file)?
        } else {
            written(&path, &file)?
        };
        Ok((path, state))
    });
    let mut states = states.collect::<Result<Vec<_>, Failure>>()?;
    let left = left_over(out, &states)?;
    states.extend(left.into_iter().map(|path| (path, State::Left)));
    print(&states, output)?;
    let is_stale = states.iter().any(|(_, state)| state.is_stale());
    Ok(if arguments.check && is_stale { 3 } else { 0 })
}

async fn documents(
    def: &SchemaDef,
    declared: &Schema,
    arguments: &Docs,
) -> Result<Vec<File>, Failure> {
    let source = source::source(&arguments.from, declared, &[]).await?;
    let schema = source.schema();
    let facts = facts(def, &arguments.from);
    let migrations = migrations(&arguments.directory.path)?;
    let mut document = Document::of(schema, &facts).with_migrations(&migrations);
    if let Some(url) = &arguments.database {
        document = document.with_measured(measured::measured(url).await?);
    }
    let mut options = Options::default();
    options.formats.clone_from(&arguments.formats);
    options.split = arguments.split;
    options.max_tables = arguments.max_tables;
    Ok(files(&document, schema, &facts, &options)?)
}

/// Two schemas side by side, without what only structs know.
///
/// PostgreSQL rewrites what it stores, so a database is compared in the normal form of both sides.
async fn changes(declared: &Schema, before: &str, after: &str) -> Result<File, Failure> {
    let (old, new) = (
        source::source(before, declared, &[]).await?,
        source::source(after, declared, &[]).await?,
    );
    let is_stored = [&old, &new].map(|side| matches!(side, Source::Database(_)));
    let document = |side: &Source| {
        if is_stored.contains(&true) {
            Document::of(&normal::schema(side.schema()), &Facts::default())
        } else {
            Document::of(side.schema(), &Facts::default())
        }
    };
    let comparison = Comparison::of(&document(&old), &document(&new));
    let file = markdown::changes(&comparison, name(before), name(after));
    Ok(file.map_err(freehold_schema_docs::Error::from)?)
}

/// The name of a source in a document, which must not contain the password of a URL.
fn name(source: &str) -> &str {
    if source.contains("://") {
        "the database"
    } else {
        source
    }
}

/// Only the structs have facts beside the objects, and another source may be another version of them.
fn facts(def: &SchemaDef, source: &str) -> Facts {
    if source == "structs" {
        Facts::of(def)
    } else {
        Facts::default()
    }
}

/// The migrations, or none if there is no directory yet.
fn migrations(path: &Path) -> Result<Directory, Failure> {
    if path.is_dir() {
        Ok(Directory::read(path)?)
    } else {
        Ok(Directory::of(std::iter::empty::<(PathBuf, String)>())?)
    }
}

/// What the command found at the path of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unchanged,
    Written,
    Missing,
    Stale,
    Left,
}

impl State {
    const fn word(self) -> &'static str {
        match self {
            Self::Unchanged => "up to date",
            Self::Written => "written",
            Self::Missing => "missing; run `schema docs` without `--check`",
            Self::Stale => "not up to date; run `schema docs` without `--check`",
            Self::Left => "of a table that the schema does not have; remove the file",
        }
    }

    const fn is_stale(self) -> bool {
        match self {
            Self::Unchanged | Self::Written => false,
            Self::Missing | Self::Stale | Self::Left => true,
        }
    }
}

fn compared(path: &Path, file: &File) -> Result<State, Failure> {
    Ok(match contents(path)? {
        None => State::Missing,
        Some(contents) if contents == file.contents.as_bytes() => State::Unchanged,
        Some(_) => State::Stale,
    })
}

fn written(path: &Path, file: &File) -> Result<State, Failure> {
    if compared(path, file)? == State::Unchanged {
        return Ok(State::Unchanged);
    }
    let failed = |source| Failure::Document(path.to_owned(), source);
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory).map_err(failed)?;
    }
    fs::write(path, &file.contents).map_err(failed)?;
    Ok(State::Written)
}

fn contents(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(contents) => Ok(Some(contents)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Failure::Document(path.to_owned(), source)),
    }
}

/// The files of tables in the directory that are not among the documents.
fn left_over(out: &Path, states: &[(PathBuf, State)]) -> Result<Vec<PathBuf>, Failure> {
    let directory = out.join("tables");
    let ours: BTreeSet<_> = states.iter().map(|(path, _)| path.clone()).collect();
    if !ours.iter().any(|path| path.starts_with(&directory)) {
        return Ok(Vec::new());
    }
    let failed = |source| Failure::Document(directory.clone(), source);
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    let paths = paths.collect::<io::Result<BTreeSet<_>>>().map_err(failed)?;
    let is_table = |path: &&PathBuf| path.extension().is_some_and(|word| word == "md");
    Ok(paths.difference(&ours).filter(is_table).cloned().collect())
}

fn print(states: &[(PathBuf, State)], output: Output) -> Result<(), Failure> {
    let width = states
        .iter()
        .map(|(path, _)| path.display().to_string().chars().count());
    let width = width.max().unwrap_or(0);
    let lines = states.iter().map(|(path, state)| {
        let path = path.display().to_string();
        format!("{path:width$}  {}\n", state.word())
    });
    let values: Vec<_> = states
        .iter()
        .map(|(path, state)| {
            json!({
                "path": path.display().to_string(),
                "state": format!("{state:?}").to_lowercase(),
                "is_up_to_date": !state.is_stale(),
            })
        })
        .collect();
    output.print(&lines.collect::<String>(), &json!({ "files": values }))
}
