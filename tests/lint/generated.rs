//! Files that were generated are looked at as well, and little is found in them.

use std::error::Error;
use std::fs;

use freehold::lint::{self, Finding, Options};
use freehold::migrate::Directory;
use freehold::migrate::files::{About, Format, files};
use freehold::plan::Plan;
use freehold::{Postgres, Schema};

use crate::TestResult;

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

/// What is found in the migrations from one schema to the next, of which the first ones have been applied.
fn of_path(path: &[&Schema], applied: usize) -> Result<Vec<Finding>, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let mut options = Options::default();
    for (index, pair) in path.windows(2).enumerate() {
        let plan = Plan::between(pair[0], pair[1], &Postgres);
        let about = About {
            version: i64::try_from(index)? * 100 + 1,
            description: "it".to_owned(),
            reason: None,
            after: None,
        };
        for file in files(&plan, &about, Format::Sqlx, &Postgres) {
            fs::write(folder.path().join(&file.path), &file.contents)?;
        }
        if index < applied {
            options.applied.extend(about.version..about.version + 100);
        }
    }
    Ok(lint::lint(&Directory::read(folder.path())?, &options))
}

#[test]
fn a_schema_that_is_made_has_no_finding() -> TestResult {
    for (name, schema) in schemas::ALL {
        let schema = schema.schema()?;
        let findings = of_path(&[&Schema::default(), &schema], 0)?;
        let lines: Vec<_> = findings
            .iter()
            .map(|it| format!("{it} | {}", it.statement))
            .collect();
        assert!(lines.is_empty(), "{name}:\n{}", lines.join("\n"));
    }
    Ok(())
}

#[test]
fn what_a_plan_says_of_itself_is_not_said_again() -> TestResult {
    for (name, schema) in schemas::ALL {
        let schema = schema.schema()?;
        let empty = Schema::default();
        let findings = of_path(&[&empty, &schema, &empty], 1)?;
        let lines: Vec<_> = findings
            .iter()
            .map(|it| format!("{it} | {}", it.statement))
            .collect();
        assert!(lines.is_empty(), "{name}:\n{}", lines.join("\n"));
    }
    Ok(())
}
