//! Lint of hand-written migrations: what locks or rewrites a table, loses rows, breaks the running release, or fails.
//!
//! The lint reads the files of a directory in order. It knows which tables and columns the applied files created, and
//! that a table from a pending file is new: a lock on it blocks no one. `squawk-syntax` parses each statement
//! separately, and each rule is a function over the syntax tree.
//!
//! ```
//! use std::path::PathBuf;
//! use freehold_schema_lint::{self as lint, Options};
//! use freehold_schema_migrate::migrate::Script;
//!
//! let script = Script {
//!     path: PathBuf::from("1_due.up.sql"),
//!     sql: "ALTER TABLE tasks\n    ADD COLUMN token uuid DEFAULT gen_random_uuid();".to_owned(),
//! };
//! let findings = lint::lint_script(&script, &Options::default());
//! assert_eq!(findings[0].rule.id, "LK01");
//! assert!(findings[0].to_string().starts_with("1_due.up.sql:2:35: LK01 "));
//! ```
//!
//! A comment before a statement allows a finding in it, with a reason: `-- freehold: allow LK01 (twenty rows)`.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod allow;
mod block;
mod catalog;
mod effect;
mod file;
mod finding;
mod findings;
mod header;
mod json;
mod name;
mod options;
mod parts;
mod proof;
mod rule;
mod rules;
mod sarif;
mod source;
mod stack;
mod transaction;

pub use finding::{Edit, Finding, Fix};
pub use json::json;
pub use options::Options;
pub use rule::{LintRule, Severity};
pub use rules::{RULES, rule};
pub use sarif::sarif;

use catalog::Catalog;
use freehold_schema_migrate::migrate::{Directory, Script};
use source::Source;

/// Checks the pending migrations of a directory and returns the findings in the order of files and lines.
///
/// In down files it reports only what fails.
pub fn lint(directory: &Directory, options: &Options) -> Vec<Finding> {
    stack::roomy(|| of_directory(directory, options))
}

fn of_directory(directory: &Directory, options: &Options) -> Vec<Finding> {
    let mut known = Catalog::default();
    let mut findings = Vec::new();
    for migration in directory.iter() {
        let source = Source::read(&migration.up);
        if options.applied.contains(&migration.version) {
            file::remember(&source, &mut known);
            continue;
        }
        let has_way_back = migration.down.is_some();
        findings.extend(file::lint(&source, &mut known, options, has_way_back));
        let down = migration.down.as_ref().map(Source::read);
        findings.extend(down.iter().flat_map(|down| file::lint_down(down, options)));
    }
    findings
}

/// Checks one file on its own: the lint knows nothing of what earlier files created.
pub fn lint_script(script: &Script, options: &Options) -> Vec<Finding> {
    stack::roomy(|| {
        let source = Source::read(script);
        file::lint(&source, &mut Catalog::default(), options, true)
    })
}
