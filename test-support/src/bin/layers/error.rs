use std::io;
use std::path::{Path, PathBuf};

/// Why nothing was counted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file is not there, or not text.
    #[error("`{}` cannot be read: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    /// A file is not Rust.
    #[error("`{file}` is not read as Rust: {error}")]
    Parse { file: String, error: syn::Error },
    /// A line of the floors' file.
    #[error("line {number} of the floors' file, `{line}`: {problem}")]
    Line {
        number: usize,
        line: String,
        problem: &'static str,
    },
    /// A file that no line of its block names.
    #[error("no floor of `{block}` names `{file}`: add it to one in the floors' file")]
    NoFloor { block: String, file: String },
    /// A name of the floors' file that no file has.
    #[error("a floor of `{block}` names `{name}`, and no file is there: take the name out")]
    NoFile { block: String, name: String },
    /// An exception that no import needs.
    #[error("no import of `{block}` goes up from `{from}` to `{to}`: take the exception out")]
    NoImport {
        block: String,
        from: String,
        to: String,
    },
}

pub(crate) fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|error| Error::Read {
        path: path.to_owned(),
        error,
    })
}
