use std::io;
use std::path::{Path, PathBuf};

/// Why nothing could be counted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file is missing or is not text.
    #[error("could not read `{}`: {error}", path.display())]
    Read { path: PathBuf, error: io::Error },
    /// A file is not Rust.
    #[error("could not parse `{file}` as Rust: {error}")]
    Parse { file: String, error: syn::Error },
    /// A line of `scripts/layers.txt` is wrong.
    #[error("`scripts/layers.txt`, line {number}, `{line}`: {problem}")]
    Line {
        number: usize,
        line: String,
        problem: &'static str,
    },
    /// No line of a block lists a file of it.
    #[error("no layer of `{block}` lists `{file}`: add it to a layer in `scripts/layers.txt`")]
    NoFloor { block: String, file: String },
    /// A layer lists a name that no file has.
    #[error("a layer of `{block}` lists `{name}`, which does not exist: remove the name")]
    NoFile { block: String, name: String },
    /// No import needs an exception.
    #[error("no import of `{block}` goes up from `{from}` to `{to}`: remove the exception")]
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
