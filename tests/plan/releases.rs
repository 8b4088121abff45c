//! Two releases at the same time: the schema on which both work, and the two migrations over it.

use freehold::diff::Diff;
use freehold::expand::expand;
use freehold::plan::{HazardKind, Plan};
use freehold::{Postgres, Schema};

use crate::generator::Spec;
use crate::pairs::{FRESH_AFTER, Places, no_changes, runtime, setting};
use crate::random::Random;
use crate::server::Failure;

/// The same seeds as for the pairs, but fewer.
const PAIRS: u64 = 50;

#[test]
fn random_schemas_expand_and_contract() -> Result<(), Failure> {
    let first = setting("FREEHOLD_SEED").unwrap_or(1);
    let count = setting("FREEHOLD_PAIRS").map_or(PAIRS, |pairs| pairs.div_ceil(6));
    runtime()?.block_on(async {
        let mut places = Places::new().await?;
        let mut failures = 0;
        for (number, seed) in (first..first + count).enumerate() {
            if number > 0 && number % FRESH_AFTER == 0 {
                places = Places::new().await?;
            }
            if let Err(error) = over_the_middle(&mut places, seed).await {
                failures += 1;
                eprintln!("== FREEHOLD_SEED={seed} FREEHOLD_PAIRS=1: {error}");
                places = Places::new().await?;
            }
        }
        if failures > 0 {
            return Err(format!("{failures} of {count} pairs failed").into());
        }
        Ok(())
    })
}

/// Runs the plans from the old schema to the middle, to the new one, and back over the middle.
async fn over_the_middle(places: &mut Places, seed: u64) -> Result<(), Failure> {
    let mut random = Random::of_seed(seed);
    let before = Spec::random(&mut random);
    let after = before.evolved(&mut random);
    let (old, new) = (before.def().schema()?, after.def().schema()?);
    let expanded = expand(&old, &new, &Postgres);
    let middle = expanded.schema;
    let again = expand(&middle, &new, &Postgres).schema;
    no_changes("the middle and the middle", &Diff::between(&middle, &again))?;
    let there = Plan::between(&old, &middle, &Postgres);
    let on = Plan::between(&middle, &new, &Postgres);
    if setting("FREEHOLD_PAIRS") == Some(1) {
        crate::pairs::tell(&there);
        eprintln!("==");
        crate::pairs::tell(&on);
    }
    breaks_nothing(&there, &expanded.at_once)?;
    let facts = [
        places.facts(&old).await?,
        places.facts_of_middle(&middle).await?,
        places.facts(&new).await?,
    ];
    let [old_facts, middle_facts, new_facts] = &facts;
    places.moving.empty().await?;
    let made = Plan::between(&Schema::default(), &old, &Postgres);
    places.moving.up(&made).await?;
    places
        .moving
        .up(&there)
        .await
        .map_err(|error| format!("expand: {error}"))?;
    places.expect("expand", middle_facts).await?;
    let inspected = places.moving.inspect(&middle).await?;
    no_changes(
        "the database and the middle",
        &Diff::between(&inspected, &middle),
    )?;
    places
        .moving
        .up(&on)
        .await
        .map_err(|error| format!("contract: {error}"))?;
    places.expect("contract", new_facts).await?;
    places
        .moving
        .down(&on)
        .await
        .map_err(|error| format!("back to the middle: {error}"))?;
    places.expect("back to the middle", middle_facts).await?;
    places
        .moving
        .down(&there)
        .await
        .map_err(|error| format!("back: {error}"))?;
    places.expect("back", old_facts).await
}

/// Asserts that the first migration drops or renames only what `expand` announced.
fn breaks_nothing(plan: &Plan, at_once: &[freehold::expand::AtOnce]) -> Result<(), Failure> {
    for step in plan.steps() {
        let breaks = step.hazards.iter();
        let mut breaks = breaks.filter(|hazard| hazard.kind == HazardKind::BreaksRunningCode);
        let is_of_column =
            step.title.starts_with("drop column") || step.title.starts_with("rename `");
        let is_told = at_once
            .iter()
            .any(|column| step.title.contains(&column.column));
        if breaks.next().is_some() && is_of_column && !is_told {
            return Err(format!("{} breaks running code", step.title).into());
        }
    }
    Ok(())
}
