//! The files of documents on the disk.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use serde_json::{Value, json};

use crate::failure::Failure;
use freehold_schema_docs::File;

/// Writes the files, or compares them with those in the directory. Files that an earlier run left are listed, too.
pub(super) fn states(
    out: &Path,
    files: Vec<File>,
    is_check: bool,
) -> Result<Vec<(PathBuf, State)>, Failure> {
    let states = files.into_iter().map(|file| {
        let path = out.join(&file.path);
        let state = if is_check {
            compared(&path, &file)?
        } else {
            written(&path, &file)?
        };
        Ok((path, state))
    });
    let mut states = states.collect::<Result<Vec<_>, Failure>>()?;
    let left = left_over(out, &states)?;
    states.extend(left.into_iter().map(|path| (path, State::Left)));
    Ok(states)
}

/// What the command found at the path of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
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
            Self::Left => "not among the documents any more; remove the file",
        }
    }

    pub(super) const fn is_stale(self) -> bool {
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

/// The files of an earlier run that are not among the documents: of tables, or of one diagram out of several.
fn left_over(out: &Path, states: &[(PathBuf, State)]) -> Result<Vec<PathBuf>, Failure> {
    let ours: BTreeSet<_> = states.iter().map(|(path, _)| path.clone()).collect();
    let tables = out.join("tables");
    let mut left = BTreeSet::new();
    if ours.iter().any(|path| path.starts_with(&tables)) {
        left.extend(files(&tables)?.into_iter().filter(|path| is_table(path)));
    }
    if ours.iter().any(|path| is_diagram(path)) {
        left.extend(files(out)?.into_iter().filter(|path| is_diagram(path)));
    }
    Ok(left.difference(&ours).cloned().collect())
}

fn is_table(path: &Path) -> bool {
    path.extension().is_some_and(|word| word == "md")
}

/// `diagram.mmd`, or `diagram-3.mmd`.
fn is_diagram(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let number = name.strip_prefix("diagram");
    let number = number.and_then(|rest| rest.strip_prefix('-').or(rest.is_empty().then_some("0")));
    let is_number = number.is_some_and(|number| number.parse::<usize>().is_ok());
    is_number && path.extension().is_some_and(|word| word == "mmd")
}

/// The files of a directory; none if there is no such directory.
fn files(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |source| Failure::Document(directory.to_owned(), source);
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(failed(source)),
    };
    let paths = entries.map(|entry| Ok(entry?.path()));
    paths.collect::<io::Result<_>>().map_err(failed)
}

/// A line for each file.
pub(super) fn text(states: &[(PathBuf, State)]) -> String {
    let width = states
        .iter()
        .map(|(path, _)| path.display().to_string().chars().count());
    let width = width.max().unwrap_or(0);
    let lines = states.iter().map(|(path, state)| {
        let path = path.display().to_string();
        format!("{path:width$}  {}\n", state.word())
    });
    lines.collect()
}

/// The files for programs.
pub(super) fn values(states: &[(PathBuf, State)]) -> Vec<Value> {
    let values = states.iter().map(|(path, state)| {
        json!({
            "path": path.display().to_string(),
            "state": format!("{state:?}").to_lowercase(),
            "is_up_to_date": !state.is_stale(),
        })
    });
    values.collect()
}
