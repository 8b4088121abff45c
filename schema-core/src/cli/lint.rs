//! `schema lint`

use std::path::Path;

use super::failure::Failure;
use super::output::Output;
use crate::lint::{self, Options};
use crate::migrate::Directory;

/// Prints what is found; with a finding the status is that of a difference.
pub(super) fn run(directory: &Path, sarif: bool, output: Output) -> Result<u8, Failure> {
    let directory = Directory::read(directory)?;
    let findings = lint::lint(&directory, &Options::default());
    let lines = findings.iter().map(|finding| format!("{finding}\n"));
    let text = if sarif {
        lint::sarif(&findings)
    } else {
        lines.collect()
    };
    output.print(&text, &serde_json::from_str(&lint::json(&findings))?)?;
    Ok(if findings.is_empty() { 0 } else { 3 })
}
