//! Random pairs of schemas: from nothing to the first, to the second, back, and to the second again. After each step
//! the database must equal one that is created directly.
//!
//! `FREEHOLD_PAIRS` is the number of pairs, and `FREEHOLD_SEED` the first seed. A failure prints its seed.

use freehold::diff::Diff;
use freehold::migrate::Snapshot;
use freehold::plan::Plan;
use freehold::{Postgres, Schema};

use crate::generator::Spec;
use crate::random::Random;
use crate::rows;
use crate::server::{Failure, Place};

const PAIRS: u64 = 200;
/// Autovacuum does not keep up in a database that is emptied repeatedly: after this many pairs a new one is faster.
pub(crate) const FRESH_AFTER: usize = 50;

pub(crate) fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

pub(crate) struct Places {
    pub(crate) moving: Place,
    fresh: Place,
}

/// Each test runs half of the pairs, so that two run at a time.
#[test]
fn a_random_schema_becomes_another_and_itself_again() -> Result<(), Failure> {
    run(0)
}

#[test]
fn another_random_schema_becomes_another_and_itself_again() -> Result<(), Failure> {
    run(1)
}

/// Runs the pairs whose seed modulo 2 is `rest`.
fn run(rest: u64) -> Result<(), Failure> {
    let first = setting("FREEHOLD_SEED").unwrap_or(1);
    let count = setting("FREEHOLD_PAIRS").unwrap_or(PAIRS);
    runtime()?.block_on(async {
        let mut places = Places::new().await?;
        let (mut failures, mut survivals) = (0, 0);
        let seeds: Vec<_> = (first..first + count)
            .filter(|seed| seed % 2 == rest)
            .collect();
        for (number, seed) in seeds.iter().enumerate() {
            if number > 0 && number % FRESH_AFTER == 0 {
                places = Places::new().await?;
            }
            match places.pair(*seed).await {
                Ok(survived) => survivals += usize::from(survived),
                Err(error) => {
                    failures += 1;
                    eprintln!("== FREEHOLD_SEED={seed} FREEHOLD_PAIRS=1: {error}");
                    places = Places::new().await?;
                }
            }
        }
        if failures > 0 {
            return Err(format!("{failures} of {} pairs failed", seeds.len()).into());
        }
        // If rows always made the plan fail, the test would prove nothing.
        assert!(
            survivals * 3 >= seeds.len(),
            "rows came back in {survivals} of {} pairs",
            seeds.len()
        );
        Ok(())
    })
}

impl Places {
    pub(crate) async fn new() -> Result<Self, Failure> {
        Ok(Self {
            moving: Place::new("moving").await?,
            fresh: Place::new("fresh").await?,
        })
    }

    /// Runs a pair. Returns whether its rows survived; they may make the plan fail if it announces that.
    async fn pair(&mut self, seed: u64) -> Result<bool, Failure> {
        let mut random = Random::of_seed(seed);
        let before = Spec::random(&mut random);
        let after = before.evolved(&mut random);
        let (old, new) = (before.def().schema()?, after.def().schema()?);
        let from_nothing = Plan::between(&Schema::default(), &old, &Postgres);
        let plan = Plan::between(&old, &new, &Postgres);
        if setting("FREEHOLD_PAIRS") == Some(1) {
            tell(&plan);
        }
        let (old_facts, new_facts) = (self.facts(&old).await?, self.facts(&new).await?);
        self.moving.empty().await?;
        self.moving
            .up(&from_nothing)
            .await
            .map_err(|error| format!("from nothing: {error}"))?;
        self.expect("from nothing", &old_facts).await?;
        self.moving
            .up(&plan)
            .await
            .map_err(|error| format!("up: {error}"))?;
        self.expect("up", &new_facts).await?;
        self.moving
            .down(&plan)
            .await
            .map_err(|error| format!("down: {error}"))?;
        self.expect("down", &old_facts).await?;
        self.moving
            .up(&plan)
            .await
            .map_err(|error| format!("up again: {error}"))?;
        self.expect("up again", &new_facts).await?;
        let settled = after.settled().def().schema()?;
        no_changes(
            "the snapshot and the structs",
            &Diff::between(&new, &settled),
        )?;
        let snapshot = Snapshot::new(&new, 1).schema;
        no_changes(
            "the snapshot and the structs that still declare the renames",
            &Diff::between(&snapshot, &new),
        )?;
        let inspected = self.moving.inspect(&new).await?;
        no_changes(
            "the database and the structs",
            &Diff::between(&inspected, &new),
        )?;
        rows::survive(&mut self.moving, (&before, &after), &old, &plan).await
    }

    pub(crate) async fn facts(&mut self, schema: &Schema) -> Result<Vec<String>, Failure> {
        self.fresh
            .make(schema)
            .await
            .map_err(|error| format!("fresh: {error}"))?;
        self.fresh.catalog().await
    }

    /// The same without checking the bodies of functions: a function that is kept for the running release may contain a
    /// label that has been renamed.
    pub(crate) async fn facts_of_middle(
        &mut self,
        schema: &Schema,
    ) -> Result<Vec<String>, Failure> {
        self.fresh.empty().await?;
        let up = schema.up(&Postgres);
        let up = format!("SET check_function_bodies = off;\n{up};\nRESET check_function_bodies");
        self.fresh
            .run(&up)
            .await
            .map_err(|error| format!("fresh: {error}"))?;
        self.fresh.catalog().await
    }

    pub(crate) async fn expect(&mut self, when: &str, wanted: &[String]) -> Result<(), Failure> {
        let found = self.moving.catalog().await?;
        let missing: Vec<_> = wanted.iter().filter(|fact| !found.contains(fact)).collect();
        let extra: Vec<_> = found.iter().filter(|fact| !wanted.contains(fact)).collect();
        if missing.is_empty() && extra.is_empty() {
            return Ok(());
        }
        Err(format!("{when}: missing: {missing:#?}\nunexpected: {extra:#?}").into())
    }
}

pub(crate) fn no_changes(between: &str, diff: &Diff) -> Result<(), Failure> {
    if diff.is_empty() {
        return Ok(());
    }
    if setting("FREEHOLD_PAIRS") == Some(1) {
        eprintln!("{:#?}", diff.changes);
    }
    let changes: Vec<_> = diff.changes.iter().map(ToString::to_string).collect();
    Err(format!("between {between} there is still a difference: {changes:#?}").into())
}

/// Prints the plan of the single requested pair.
pub(crate) fn tell(plan: &Plan) {
    for stage in &plan.stages {
        let (up, down) = (plan.up(stage, &Postgres), plan.down(stage, &Postgres));
        let (up, down) = (up.join(";\n"), down.join(";\n"));
        eprintln!("-- {:?}\n{up};\n-- and back\n{down};", stage.mode);
    }
}
