//! `schema migrate ..`

use std::path::Path;
use std::time::SystemTime;

use serde_json::json;

use crate::arguments::{Decision, Migrate};
use crate::failure::Failure;
use crate::output::{self, Output};
use crate::progress::{self, Form};
use crate::source;
use freehold_schema_core::ir::Schema;
use freehold_schema_migrate::drift::{Drift, Source};
use freehold_schema_migrate::expand;
use freehold_schema_migrate::inspect::Inspected;
use freehold_schema_migrate::migrate::DIALECT;
use freehold_schema_migrate::migrate::files::{self, About, Format};
use freehold_schema_migrate::migrate::run::{Options, Ran, Repair, Runner, State, Status, Target};
use freehold_schema_migrate::migrate::{self, Directory, NewMigration, Rebased, Snapshot};
use freehold_schema_migrate::plan::{HazardKind, Plan};

/// Runs a command, and returns the exit status of the process.
pub(super) async fn run(command: Migrate, schema: &Schema, output: Output) -> Result<u8, Failure> {
    match command {
        Migrate::New {
            description,
            reason,
            allow,
            expand,
            print,
            directory,
        } => {
            let new = new_migration(description, reason, (allow, expand));
            match print {
                Some(format) => print_new(&directory.path, schema, &new, format, output),
                None => write_new(&directory.path, schema, &new, output),
            }
        }
        Migrate::Rebase {
            description,
            allow,
            expand,
            directory,
        } => {
            let new = new_migration(description, None, (allow, expand));
            print_rebased(&migrate::rebase(&directory.path, schema, &new)?, output)
        }
        Migrate::Adopt { directory } => adopt(&directory.path, output),
        Migrate::Snapshot {
            directory,
            database,
            schemas,
        } => {
            let found = source::inspected(&database.url, schema, &schemas).await?;
            snapshot(&directory.path, found, output)
        }
        Migrate::Verify {
            directory,
            database,
            accept,
        } => verify(&directory.path, (&database.url, &accept), schema, output).await,
        Migrate::Baseline {
            version,
            accept,
            force,
            directory,
            database,
        } => {
            let url = &database.url;
            baseline(
                version,
                (&accept, force),
                &directory.path,
                url,
                schema,
                output,
            )
            .await
        }
        runner_command => run_on(runner_command, output).await,
    }
}

fn new_migration(
    description: String,
    reason: Option<String>,
    (allow, expand): (Vec<HazardKind>, bool),
) -> NewMigration {
    NewMigration {
        description,
        reason,
        allow,
        expand,
        now: SystemTime::now(),
    }
}

/// Runs the commands that use a [`Runner`].
async fn run_on(command: Migrate, output: Output) -> Result<u8, Failure> {
    let (Migrate::Up {
        directory,
        database,
        ..
    }
    | Migrate::Down {
        directory,
        database,
        ..
    }
    | Migrate::Status {
        directory,
        database,
    }
    | Migrate::Repair {
        directory,
        database,
        ..
    }) = &command
    else {
        return Ok(0);
    };
    let is_verbose = matches!(
        command,
        Migrate::Up { verbose: true, .. } | Migrate::Down { verbose: true, .. }
    );
    let form = match (output.json, is_verbose) {
        (true, _) => Form::Json,
        (false, true) => Form::Verbose,
        (false, false) => Form::Brief,
    };
    let runner = runner(&directory.path, &database.url, form)?;
    match command {
        Migrate::Up {
            count,
            to,
            out_of_order,
            ..
        } => {
            let runner = runner.options(Options {
                allow_out_of_order: out_of_order,
                ..Options::default()
            });
            print_ran(
                &runner.up(target(count, to)).await?,
                "nothing is pending",
                output,
            )
        }
        Migrate::Down { count, .. } => {
            print_ran(&runner.down(count).await?, "nothing is applied", output)
        }
        Migrate::Repair { version, is, .. } => {
            runner.repair(decided(is, version)).await?;
            print_version(
                &format!("recorded the decision about {version}\n"),
                version,
                output,
            )
        }
        _ => print_status(&runner.status().await?, output),
    }
}

fn target(count: Option<usize>, to: Option<i64>) -> Target {
    match (count, to) {
        (Some(count), _) => Target::Count(count),
        (_, Some(version)) => Target::Version(version),
        _ => Target::All,
    }
}

fn print_version(text: &str, version: i64, output: Output) -> Result<u8, Failure> {
    output.print(text, &json!({ "version": version }))?;
    Ok(0)
}

fn adopt(directory: &Path, output: Output) -> Result<u8, Failure> {
    let adopted = migrate::adopt(directory)?;
    let text: String = adopted
        .iter()
        .map(|version| format!("{version}\n"))
        .collect();
    output.print(&text, &json!({ "adopted": adopted }))?;
    Ok(0)
}

/// Writes the snapshot and prints what is not in it. The exit status is 3 if the database weakens what the snapshot
/// declares.
fn snapshot(directory: &Path, found: Inspected, output: Output) -> Result<u8, Failure> {
    migrate::write_snapshot(directory, &found.schema)?;
    let path = directory.join(migrate::SNAPSHOT_FILE).display().to_string();
    let written = Source::Declared(found.schema.clone());
    let drift = Drift::between(&Source::Database(found), &written);
    let text = format!("{path}\n{}", drift_text(&drift));
    output.print(
        &text,
        &json!({ "files": [path], "drift": output::drift_value(&drift) }),
    )?;
    Ok(output::status(&drift))
}

/// The text about a drift, to append to the result; empty if nothing is different and everything is modelled.
fn drift_text(drift: &Drift) -> String {
    if drift.is_silent() {
        String::new()
    } else {
        drift.to_string()
    }
}

/// Compares the database with what the migrations lead to, and records that they are applied.
async fn baseline(
    version: i64,
    (accept, force): (&[String], bool),
    directory: &Path,
    url: &str,
    schema: &Schema,
    output: Output,
) -> Result<u8, Failure> {
    let snapshot = Snapshot::read(directory)?.filter(|snapshot| snapshot.version == version);
    let target = snapshot.map(|snapshot| snapshot.schema);
    let is_known = target.is_some();
    let drift = beside_target(url, target, schema).await?.accepting(accept);
    if !drift.is_none() && !force {
        return Err(Failure::Baseline(version, Box::new(drift)));
    }
    runner(directory, url, Form::Brief)?
        .baseline(version)
        .await?;
    let uncompared = if is_known {
        ""
    } else {
        "nothing was compared: there is no snapshot of this version\n"
    };
    let text = format!(
        "recorded everything up to {version} as applied\n{uncompared}{}",
        drift_text(&drift)
    );
    output.print(
        &text,
        &json!({ "version": version, "compared": is_known, "drift": output::drift_value(&drift) }),
    )?;
    Ok(output::status(&drift))
}

/// How a database differs from `target`. Without `target` nothing that is modelled differs: the database is compared
/// with itself.
async fn beside_target(
    url: &str,
    target: Option<Schema>,
    schema: &Schema,
) -> Result<Drift, Failure> {
    let found = source::inspected(url, target.as_ref().unwrap_or(schema), &[]).await?;
    let target = target.unwrap_or_else(|| found.schema.clone());
    Ok(Drift::between(
        &Source::Database(found),
        &Source::Declared(target),
    ))
}

async fn verify(
    directory: &Path,
    (url, accept): (&str, &[String]),
    schema: &Schema,
    output: Output,
) -> Result<u8, Failure> {
    let target = migrate::target_schema(directory, schema)?;
    let directory = Directory::read(directory)?;
    let verified = migrate::verify_accepting(&directory, &target, url, accept).await?;
    let count = verified.migrations;
    output.print(
        &format!(
            "migrations verified: {count} (up gives the schema, each down restores the schema before it, and up works again)\n{}",
            drift_text(&verified.drift)
        ),
        &json!({ "migrations": count, "drift": output::drift_value(&verified.drift) }),
    )?;
    Ok(0)
}

fn print_rebased(rebased: &Rebased, output: Output) -> Result<u8, Failure> {
    let names = |paths: &[std::path::PathBuf]| {
        paths
            .iter()
            .map(|path| path.display().to_string())
            .collect::<Vec<_>>()
    };
    let removed = names(&rebased.removed);
    let written = rebased
        .written
        .as_ref()
        .map_or_else(Vec::new, |written| names(&written.files));
    let lines = |verb: &str, names: &[String]| {
        names
            .iter()
            .map(|name| format!("{verb} {name}\n"))
            .collect::<String>()
    };
    let text = lines("removed", &removed) + &lines("written", &written);
    output.print(&text, &json!({ "removed": removed, "written": written }))?;
    Ok(0)
}

fn decided(is: Decision, version: i64) -> Repair {
    match is {
        Decision::Forgotten => Repair::Forget(version),
        Decision::Applied => Repair::Applied(version),
        Decision::Edited => Repair::AcceptEdit(version),
        Decision::StatementDone => Repair::StatementDone(version),
        Decision::StatementAgain => Repair::StatementAgain(version),
    }
}

fn runner(directory: &Path, url: &str, form: Form) -> Result<Runner, Failure> {
    let directory = Directory::read(directory)?;
    Ok(Runner::from_url(directory, url)?.on_event(progress::listener(form)))
}

fn write_new(
    directory: &Path,
    schema: &Schema,
    new: &NewMigration,
    output: Output,
) -> Result<u8, Failure> {
    let Some(written) = migrate::plan_new(directory, schema, new)? else {
        let nothing = Plan::between(schema, schema, DIALECT);
        let text = format!(
            "nothing is different: no migration is needed\n{}",
            warnings(&nothing)
        );
        output.print(&text, &json!({ "files": [] }))?;
        return Ok(0);
    };
    let files: Vec<_> = written
        .files
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    let mut text: String = files.iter().map(|file| format!("{file}\n")).collect();
    text.push_str(&warnings(&written.plan));
    let lines = |title: &str, items: &[String]| {
        let lines = items.iter().map(|item| format!("{title}{item}\n"));
        lines.collect::<String>()
    };
    let at_once: Vec<_> = written.at_once.iter().map(ToString::to_string).collect();
    let waiting: Vec<_> = written.waiting.iter().map(ToString::to_string).collect();
    text.push_str(&lines("warning: ", &at_once));
    if !waiting.is_empty() {
        text.push_str(
            "postponed to the next `migrate new`, after the release that runs now has ended:\n",
        );
        text.push_str(&lines("  ", &waiting));
    }
    output.print(
        &text,
        &json!({
            "files": files,
            "plan": output::plan(&written.plan),
            "at_once": at_once,
            "waiting": waiting,
        }),
    )?;
    Ok(0)
}

/// The warnings of a plan: allowed hazards, what the structs allow, and renames that are already done.
fn warnings(plan: &Plan) -> String {
    let hazards = plan.steps().flat_map(|step| &step.hazards);
    let hazards = hazards.map(|hazard| format!("warning: {hazard}\n"));
    let stale = plan.stale.iter().map(|stale| format!("warning: {stale}\n"));
    let allowances = plan.allowances.iter();
    let allowances = allowances.map(|allowance| format!("warning: {allowance}\n"));
    hazards.chain(stale).chain(allowances).collect()
}

/// Prints the files in the layout of another tool.
fn print_new(
    directory: &Path,
    schema: &Schema,
    new: &NewMigration,
    format: Format,
    output: Output,
) -> Result<u8, Failure> {
    let old = Snapshot::read(directory)?.unwrap_or_else(|| Snapshot::new(&Schema::default(), 0));
    let target = if new.expand {
        expand::expand(&old.schema, schema, DIALECT).schema
    } else {
        schema.clone()
    };
    let plan = Plan::between(&old.schema, &target, DIALECT);
    let refused = plan
        .refused(&new.allow)
        .into_iter()
        .cloned()
        .collect::<Vec<_>>();
    if !refused.is_empty() {
        return Err(migrate::NewError::Refused(refused).into());
    }
    let about = About {
        version: migrate::next_version(new.now, old.version),
        description: new.description.clone(),
        reason: new.reason.clone(),
        after: (old.version > 0).then_some(old.version),
    };
    let files = files::files(&plan, &about, format, DIALECT);
    let text: String = files
        .iter()
        .map(|file| format!("==> {} <==\n{}\n", file.path, file.contents))
        .collect();
    let values: Vec<_> = files
        .iter()
        .map(|file| json!({ "path": file.path, "contents": file.contents }))
        .collect();
    output.print(&text, &json!({ "files": values }))?;
    Ok(0)
}

/// Prints the migrations that ran as JSON, or `none` as text. Their lines were printed as each one ended.
fn print_ran(ran: &[Ran], none: &str, output: Output) -> Result<u8, Failure> {
    let text = if ran.is_empty() {
        format!("{none}\n")
    } else {
        String::new()
    };
    let values = ran.iter().map(|ran| {
        json!({ "version": ran.version, "description": ran.description, "direction": ran.direction.to_string(), "seconds": ran.took.as_secs_f64() })
    });
    output.print(&text, &json!({ "ran": values.collect::<Vec<_>>() }))?;
    Ok(0)
}

fn print_status(all: &[Status], output: Output) -> Result<u8, Failure> {
    let width = all
        .iter()
        .map(|status| status.state.name().len())
        .max()
        .unwrap_or(0);
    let line = |status: &Status| {
        format!(
            "{:width$}  {}  {}\n",
            status.state.name(),
            status.version,
            status.description
        )
    };
    let text: String = all.iter().map(line).collect();
    let values = all.iter().map(|status| {
        json!({ "version": status.version, "description": status.description, "state": status.state.name() })
    });
    output.print(&text, &json!({ "migrations": values.collect::<Vec<_>>() }))?;
    let is_done = |status: &Status| matches!(status.state, State::Applied);
    Ok(if all.iter().all(is_done) { 0 } else { 3 })
}
