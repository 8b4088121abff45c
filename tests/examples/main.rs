//! The examples, run as programs.

#[cfg(feature = "postgres")]
mod databases;
mod dump_ddl;

use std::env;
use std::error::Error;
use std::path::PathBuf;

type TestResult = Result<(), Box<dyn Error>>;

/// Cargo puts examples beside the directory of the tests, and builds them before it runs the tests.
fn program(name: &str) -> Result<PathBuf, Box<dyn Error>> {
    let test = env::current_exe()?;
    let profile = test
        .ancestors()
        .nth(2)
        .ok_or("the test is in no target directory")?;
    let program = profile
        .join("examples")
        .join(format!("{name}{}", env::consts::EXE_SUFFIX));
    if !program.exists() {
        let missing = program.display();
        return Err(format!("`{missing}` is missing: run `cargo build --examples`").into());
    }
    Ok(program)
}
