//! Measures the migrations of the six example schemas on an empty database: up to each schema, and back down.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use freehold::SchemaDef;
use freehold::migrate::run::{Runner, Target};
use freehold::migrate::{Directory, NewMigration, plan_new};
use freehold_test_support::Server;

use super::{ROUNDS, milliseconds, schemas};

/// The longest time allowed for up and for down.
const TARGETS: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(3));

pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// The times for up and for down, in the order of the targets.
type Ways = (Duration, Duration);

/// Prints the table. Returns whether all times are within the targets.
pub(crate) fn print() -> Result<bool, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let (up, down) = TARGETS;
    let (up, down) = (up.as_secs(), down.as_secs());
    println!(
        "\n{:<12} {:>24} {:>26}",
        "schema",
        format!("up (ms, {up} s at most)"),
        format!("down (ms, {down} s at most)")
    );
    let mut is_within = true;
    for (name, def) in &schemas::ALL {
        let (up, down) = runtime.block_on(median(name, def))?;
        is_within &= up <= TARGETS.0 && down <= TARGETS.1;
        println!(
            "{name:<12} {:>24} {:>26}",
            milliseconds(up),
            milliseconds(down)
        );
    }
    Ok(is_within)
}

async fn median(name: &str, def: &SchemaDef) -> Result<Ways, Failure> {
    let directory = tempfile::tempdir()?;
    let new = NewMigration {
        description: name.to_owned(),
        reason: None,
        expand: false,
        allow: Vec::new(),
        now: SystemTime::now(),
    };
    plan_new(directory.path(), &def.schema()?, &new)?;
    let (mut up, mut down) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let ways = there_and_back(name, directory.path()).await?;
        up.push(ways.0);
        down.push(ways.1);
    }
    up.sort();
    down.sort();
    Ok((up[ROUNDS / 2], down[ROUNDS / 2]))
}

/// Migrates up and down with the runner, including its connections, its lock and its history.
async fn there_and_back(name: &str, directory: &Path) -> Result<Ways, Failure> {
    let database = Server::shared().create_database(name)?;
    let runner = Runner::from_url(Directory::read(directory)?, &database.url())?;
    let began = Instant::now();
    let migrations = runner.up(Target::All).await?.len();
    let up = began.elapsed();
    let began = Instant::now();
    runner.down(migrations).await?;
    Ok((up, began.elapsed()))
}
