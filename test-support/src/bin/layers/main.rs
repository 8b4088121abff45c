//! Counts the imports between the files of each package, and compares them with the layers in `scripts/layers.txt`.
//!
//! `floors` reads the declared layers, `modules` the files, and `paths` the paths that a file names. `resolve` finds
//! the file that defines a path, `count` counts, and `report` prints.

mod count;
mod error;
mod floors;
mod modules;
mod paths;
mod report;
mod resolve;
#[cfg(test)]
mod tests;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use count::Counted;
use error::Error;
use floors::Block;
use modules::Package;

const FLOORS: &str = "scripts/layers.txt";

fn main() -> ExitCode {
    let mut out = std::io::stdout().lock();
    let (text, code) = match counted(Path::new(".")) {
        Ok(all) => {
            let is_kept = all.iter().all(Counted::is_within);
            let code = if is_kept {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            };
            (report::text(&all), code)
        }
        Err(error) => (format!("error: {error}\n"), ExitCode::from(2)),
    };
    match out.write_all(text.as_bytes()) {
        Ok(()) => code,
        Err(_) => ExitCode::from(2),
    }
}

/// The counts of each block of `scripts/layers.txt`.
fn counted(workspace: &Path) -> Result<Vec<Counted>, Error> {
    let blocks = Block::all(&error::read(&workspace.join(FLOORS))?)?;
    let mut all = Vec::with_capacity(blocks.len());
    let mut package: Option<Package> = None;
    for block in blocks {
        let same = package
            .take()
            .filter(|package| package.name == block.package);
        let read = match same {
            Some(package) => package,
            None => Package::read(&block.package, &workspace.join(&block.package).join("src"))?,
        };
        all.push(count::count(&read, block)?);
        package = Some(read);
    }
    Ok(all)
}
