//! A plan as text that a person reads. `FREEHOLD_BLESS=1` writes the files again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use freehold::Postgres;
use freehold::ir::QualifiedName;
use freehold::plan::{Mode, Plan, Step};

use crate::server::Failure;

/// The difference from the file, if there is one.
pub(crate) fn compare(name: &str, plan: &Plan) -> Result<Option<String>, Failure> {
    let path = path(name);
    let text = text(name, plan)?;
    if std::env::var_os("FREEHOLD_BLESS").is_some() {
        std::fs::write(&path, text)?;
        return Ok(None);
    }
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let is_same = known == text;
    Ok((!is_same).then(|| {
        format!(
            "the plan differs from `{}`; `FREEHOLD_BLESS=1` writes the file again. The plan is:\n{text}",
            path.display()
        )
    }))
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/plan/evolution/snapshots")
        .join(format!("{name}.txt"))
}

/// The names of the existing files.
pub(crate) fn names() -> Result<Vec<String>, Failure> {
    let directory = path("any");
    let directory = directory.parent().unwrap_or(Path::new("."));
    let mut names = Vec::new();
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        names.extend(
            path.file_stem()
                .map(|stem| stem.to_string_lossy().into_owned()),
        );
    }
    names.sort();
    Ok(names)
}

fn text(name: &str, plan: &Plan) -> Result<String, Failure> {
    let mut out = format!("{}\n", name.replace('_', " "));
    for (number, stage) in plan.stages.iter().enumerate() {
        let mode = match stage.mode {
            Mode::Transaction => "in a transaction",
            Mode::Validation => "in a transaction that reads",
            Mode::Alone => "outside a transaction",
        };
        write!(out, "\nstage {}, {mode}\n", number + 1)?;
        for step in &stage.steps {
            of_step(&mut out, step)?;
        }
    }
    Ok(out)
}

fn of_step(out: &mut String, step: &Step) -> Result<(), Failure> {
    writeln!(out, "\n  {}", step.title)?;
    statements(out, "up", &step.up_sql(&Postgres))?;
    statements(out, "down", &step.down_sql(&Postgres))?;
    for lock in &step.locks {
        let (words, effect) = (lock.mode.words(), lock.mode.effect());
        writeln!(out, "    locks {}: {words} ({effect})", lock.table)?;
    }
    for lock in step
        .locks_back
        .iter()
        .filter(|lock| !step.locks.contains(lock))
    {
        let (words, effect) = (lock.mode.words(), lock.mode.effect());
        writeln!(
            out,
            "    the way back locks {}: {words} ({effect})",
            lock.table
        )?;
    }
    tables(out, "rewrites", &step.rewrites)?;
    tables(out, "scans", &step.scans)?;
    for hazard in &step.hazards {
        let refused = if hazard.kind.is_refused() {
            "refused"
        } else {
            "warning"
        };
        writeln!(out, "    {refused} {hazard}")?;
    }
    if let Some(lost) = &step.lost {
        writeln!(out, "    lost on the way back: {lost}")?;
    }
    if let Some(condition) = &step.fails_back {
        writeln!(out, "    the way back fails if {condition}")?;
    }
    Ok(())
}

fn statements(out: &mut String, word: &str, statements: &[String]) -> Result<(), Failure> {
    if statements.is_empty() {
        return Ok(());
    }
    writeln!(out, "    {word}")?;
    for statement in statements {
        for line in abridged(statement) {
            writeln!(out, "{}", format!("      {line}").trim_end())?;
        }
    }
    Ok(())
}

/// The statement without the body of a long function.
fn abridged(statement: &str) -> Vec<String> {
    const LONG: usize = 20;
    let lines: Vec<_> = statement.lines().map(str::to_owned).collect();
    let body = lines.iter().position(|line| line.ends_with("$$"));
    match body {
        Some(first) if statement.starts_with("CREATE OR REPLACE") && lines.len() > first + LONG => {
            let hidden = format!("({} lines)", lines.len() - first - 2);
            let kept = lines.iter().take(first + 1).cloned();
            kept.chain([hidden]).chain(lines.last().cloned()).collect()
        }
        _ => lines,
    }
}

fn tables(out: &mut String, word: &str, names: &[QualifiedName]) -> Result<(), Failure> {
    for name in names {
        writeln!(out, "    {word} {name}")?;
    }
    Ok(())
}
