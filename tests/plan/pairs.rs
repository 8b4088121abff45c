//! Random pairs of schemas: from nothing to the one, to the other, back, and to the other again. What the database holds then is each time
//! what it holds where the schema was made from nothing.
//!
//! `FREEHOLD_PAIRS` says how many pairs, and `FREEHOLD_SEED` with which it begins: a failure prints its seed.

use freehold::diff::Diff;
use freehold::plan::Plan;
use freehold::{Postgres, Schema};

use crate::generator::Spec;
use crate::random::Random;
use crate::server::{Failure, Place};

const PAIRS: u64 = 2000;

fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

struct Places {
    moving: Place,
    fresh: Place,
}

#[test]
fn a_random_schema_becomes_another_and_comes_back() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let first = setting("FREEHOLD_SEED").unwrap_or(1);
    let count = setting("FREEHOLD_PAIRS").unwrap_or(PAIRS);
    runtime.block_on(async {
        let mut places = Places {
            moving: Place::new("moving").await?,
            fresh: Place::new("fresh").await?,
        };
        let mut failures = 0;
        for seed in first..first + count {
            if let Err(error) = places.pair(seed).await {
                failures += 1;
                eprintln!("== FREEHOLD_SEED={seed} FREEHOLD_PAIRS=1: {error}");
                places = Places {
                    moving: Place::new("moving").await?,
                    fresh: Place::new("fresh").await?,
                };
            }
        }
        if failures == 0 {
            Ok(())
        } else {
            Err(format!("{failures} of {count} pairs failed").into())
        }
    })
}

impl Places {
    async fn pair(&mut self, seed: u64) -> Result<(), Failure> {
        let mut random = Random::of_seed(seed);
        let before = Spec::random(&mut random);
        let after = before.evolved(&mut random);
        let (old, new) = (before.def().schema()?, after.def().schema()?);
        let from_nothing = Plan::between(&Schema::default(), &old, &Postgres);
        let plan = Plan::between(&old, &new, &Postgres);
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
        let inspected = self.moving.inspect(&settled).await?;
        no_changes(
            "the database and the structs",
            &Diff::between(&inspected, &settled),
        )
    }

    async fn facts(&mut self, schema: &Schema) -> Result<Vec<String>, Failure> {
        self.fresh
            .make(schema)
            .await
            .map_err(|error| format!("fresh: {error}"))?;
        self.fresh.catalog().await
    }

    async fn expect(&mut self, when: &str, wanted: &[String]) -> Result<(), Failure> {
        let found = self.moving.catalog().await?;
        let missing: Vec<_> = wanted.iter().filter(|fact| !found.contains(fact)).collect();
        let extra: Vec<_> = found.iter().filter(|fact| !wanted.contains(fact)).collect();
        if missing.is_empty() && extra.is_empty() {
            return Ok(());
        }
        Err(format!("{when}: not there: {missing:#?}\nthere in vain: {extra:#?}").into())
    }
}

fn no_changes(between: &str, diff: &Diff) -> Result<(), Failure> {
    if diff.is_empty() {
        return Ok(());
    }
    Err(format!(
        "between {between} there is still a difference: {:#?}",
        diff.changes
    )
    .into())
}
