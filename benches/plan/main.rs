//! Measures how long diffs and plans take, and how that grows. Each table of the schemas has ten columns, a check,
//! two indexes and a foreign key. It also measures migrations of the six example schemas, up and down, against their
//! targets.
//!
//! ```text
//! cargo bench --bench plan
//! ```
//!
//! For each number of tables it makes three plans: from nothing, from the schema itself (without a difference), and
//! after one column was added to every table. The line below shows the peak memory of the process so far.
//!
//! The migrations run on a temporary server with `fsync` off. The exit status is 1 if one exceeds its target.

#![allow(missing_docs, clippy::print_stdout)] // This is a program that prints a table.

#[path = "../../examples/schemas/mod.rs"]
mod schemas;
mod seeds;

use std::fs;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use freehold::model::{
    Action, BinaryOp, CheckDef, ColumnDef, Expr, ForeignKeyDef, IndexDef, IndexPart, Ownership,
    PrimaryKeyDef, Reference, TableDef, TableName,
};
use freehold::plan::Plan;
use freehold::{Postgres, Schema, SchemaDef};

const ROUNDS: usize = 5;

fn leak<T>(items: Vec<T>) -> &'static [T] {
    items.leak()
}

const IS_POSITIVE: Expr = Expr::Binary(BinaryOp::Gt, &Expr::Column("column_1"), &Expr::Number("0"));

/// A table, with one more column if `wider`.
fn table(number: usize, wider: bool) -> TableDef {
    let mut columns = vec![
        ColumnDef::new::<i64>("id"),
        ColumnDef::new::<Option<i64>>("parent_id"),
    ];
    let names = [
        "column_1", "column_2", "column_3", "column_4", "column_5", "column_6", "column_7",
        "column_8",
    ];
    columns.extend(names.map(ColumnDef::new::<i64>));
    if wider {
        columns.push(ColumnDef::new::<Option<i64>>("column_9"));
    }
    let parent = Reference {
        table: TableName::new(None, format!("table_{}", number.saturating_sub(1)).leak()),
        ownership: Ownership::Shared,
        column: "id",
        def: || &NOTHING,
    };
    TableDef::new(
        TableName::new(None, format!("table_{number}").leak()),
        Ownership::Shared,
        leak(columns),
        PrimaryKeyDef::new(&["id"]),
    )
    .checks(leak(vec![CheckDef::new(&["column_1"], IS_POSITIVE)]))
    .indexes(leak(vec![
        IndexDef::new(leak(vec![IndexPart::column("parent_id")])),
        IndexDef::new(leak(vec![
            IndexPart::column("column_2"),
            IndexPart::column("column_3").desc(),
        ])),
    ]))
    .foreign_keys(leak(vec![ForeignKeyDef::new(
        &["parent_id"],
        leak(vec![parent]),
        Action::Cascade,
    )]))
    .allow(&["uuid_key"])
}

static NOTHING: TableDef = TableDef::incomplete(TableName::new(None, "nothing"), Ownership::Shared);

fn schema(count: usize, wider: bool) -> Result<Schema, freehold::SchemaError> {
    let tables = (0..count).map(|number| &*Box::leak(Box::new(table(number, wider))));
    SchemaDef::new("MANY", leak(tables.collect())).schema()
}

fn median(mut work: impl FnMut() -> Plan) -> (Duration, usize) {
    let mut steps = 0;
    let mut times: Vec<_> = (0..ROUNDS)
        .map(|_| {
            let begin = Instant::now();
            let plan = black_box(work());
            steps = plan.steps().count();
            begin.elapsed()
        })
        .collect();
    times.sort();
    (times[ROUNDS / 2], steps)
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

fn main() -> Result<ExitCode, seeds::Failure> {
    plans()?;
    Ok(if seeds::print()? {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn plans() -> Result<(), freehold::SchemaError> {
    println!(
        "{:>8} {:>18} {:>18} {:>18} {:>26}",
        "tables", "from nothing (ms)", "to nothing (ms)", "no change (ms)", "a column in each (ms)"
    );
    for count in [10, 100, 300, 1000] {
        let (old, new) = (schema(count, false)?, schema(count, true)?);
        let nothing = Schema::default();
        let (made, _) = median(|| Plan::between(&nothing, &old, &Postgres));
        let (gone, _) = median(|| Plan::between(&old, &nothing, &Postgres));
        let (same, none) = median(|| Plan::between(&old, &old, &Postgres));
        let (wider, steps) = median(|| Plan::between(&old, &new, &Postgres));
        assert_eq!((none, steps), (0, count), "steps of a plan");
        println!(
            "{count:>8} {:>18} {:>18} {:>18} {:>26}",
            milliseconds(made),
            milliseconds(gone),
            milliseconds(same),
            milliseconds(wider)
        );
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    println!("\nat most {} of memory", peak.map_or("?", str::trim));
    Ok(())
}
