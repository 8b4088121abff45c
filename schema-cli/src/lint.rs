//! `schema lint`

use std::collections::BTreeSet;
use std::io::Write as _;

use crate::arguments::Lint;
use crate::failure::Failure;
use crate::output::Output;
use freehold_schema_lint::{self as lint, Options};
use freehold_schema_migrate::migrate::run::{Runner, State};
use freehold_schema_migrate::migrate::{Directory, Snapshot};

/// Prints the findings; the exit status is 3 if there are any.
pub(super) async fn run(arguments: &Lint, output: Output) -> Result<u8, Failure> {
    let directory = Directory::read(&arguments.directory.path)?;
    let (applied, source) = applied(arguments, &directory).await?;
    let all = directory.iter().count();
    let looked_at = all - applied.len();
    if looked_at < all && !output.json && !arguments.sarif {
        // A note that cannot be written does not change the findings.
        drop(writeln!(
            std::io::stderr(),
            "linting {looked_at} of {all} migrations: the others are applied according to {source}; `--since VERSION` lints those after a version"
        ));
    }
    let options = Options {
        applied,
        ..Options::default()
    };
    let findings = lint::lint(&directory, &options);
    let lines = findings
        .iter()
        .map(|finding| format!("{finding}\n  instead: {}\n", finding.fix.words));
    let text = if arguments.sarif {
        lint::sarif(&findings)
    } else {
        lines.collect()
    };
    output.print(&text, &serde_json::from_str(&lint::json(&findings))?)?;
    Ok(if findings.is_empty() { 0 } else { 3 })
}

/// The applied versions, and the source of that information, for the message.
async fn applied(
    arguments: &Lint,
    directory: &Directory,
) -> Result<(BTreeSet<i64>, &'static str), Failure> {
    let path = &arguments.directory.path;
    let up_to = |last: i64| {
        let versions = directory.iter().map(|migration| migration.version);
        versions.filter(|version| *version <= last).collect()
    };
    if let Some(version) = arguments.since {
        return Ok((up_to(version), "`--since`"));
    }
    if let Some(url) = &arguments.database {
        let runner = Runner::from_url(directory.clone(), url)?;
        let statuses = runner.status().await?.into_iter();
        let is_applied = |state: &State| matches!(state, State::Applied | State::Edited);
        let applied = statuses.filter(|status| is_applied(&status.state));
        let versions = applied.map(|status| status.version);
        let there = versions.filter(|version| directory.get(*version).is_some());
        return Ok((there.collect(), "the database"));
    }
    let snapshot = Snapshot::read(path)?;
    let last = snapshot.map_or(0, |snapshot| snapshot.version);
    Ok((up_to(last), "the snapshot `schema.json`"))
}
