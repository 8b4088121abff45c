//! Code that must not compile, with the compiler's errors. `tests/compiles` has code that must compile.
//!
//! A file of `tests/ui` holds cases; each case is a module with one mistake. rustc checks all modules of a file in one
//! run. It stops at the first of these phases that finds an error, so the cases of a file fail in the same one:
//!
//! 1. the derives and `schema!`
//! 2. name resolution, such as E0425: `unresolved.rs`
//! 3. types, such as E0277: `types.rs`
//! 4. evaluation of constants, which is E0080: `evaluated.rs` and `schema/rule.rs`
//!
//! A case is alone in its file, which has its name, if its error would be worded differently beside others.
//!
//! The `.stderr` beside a file holds its exact errors. The texts are those of the toolchain in `rust-toolchain.toml`:
//! another one words its own parts of them differently. After a change of a message, write them again and read the
//! difference:
//!
//! ```sh
//! TRYBUILD=overwrite cargo test --all-features --test ui
//! ```

use std::fs::read_dir;
use std::io;

use trybuild::TestCases;

/// The folders whose cases run queries.
const WITH_POSTGRES: [&str; 2] = ["json", "unscoped"];

/// Every file must fail with the errors beside it. All folders are one batch, so that cargo checks files in parallel;
/// `trybuild=/rule/` selects the folder `rule`.
#[test]
fn errors() -> io::Result<()> {
    let cases = TestCases::new();
    let mut folders = read_dir("tests/ui")?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<io::Result<Vec<_>>>()?;
    folders.sort();
    for folder in folders {
        let skipped = !cfg!(feature = "postgres") && WITH_POSTGRES.contains(&folder.as_str());
        if !skipped {
            cases.compile_fail(format!("tests/ui/{folder}/*.rs"));
        }
    }
    Ok(())
}
