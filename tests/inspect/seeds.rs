//! The schemas of `examples/schemas`: inspection reads what `up` creates as the schema that was built.

use freehold::inspect::Inspection;
use freehold::{Postgres, Schema};

use crate::facts::{body, difference, facts, name};
use crate::{TestResult, database, inspected};

#[path = "../../examples/schemas/mod.rs"]
mod schemas;

#[tokio::test]
async fn tasks_is_read_back() -> TestResult {
    is_read_back("tasks").await
}

#[tokio::test]
async fn orders_is_read_back() -> TestResult {
    is_read_back("orders").await
}

#[tokio::test]
async fn patterns_is_read_back() -> TestResult {
    is_read_back("patterns").await
}

#[tokio::test]
async fn storefront_is_read_back() -> TestResult {
    is_read_back("storefront").await
}

#[tokio::test]
async fn ecommerce_is_read_back() -> TestResult {
    is_read_back("ecommerce").await
}

#[tokio::test]
async fn shop_is_read_back() -> TestResult {
    is_read_back("shop").await
}

async fn is_read_back(seed: &str) -> TestResult {
    let known = schemas::ALL.iter().find(|(known, _)| *known == seed);
    let (_, def) = known.ok_or_else(|| format!("no schema is named `{seed}`"))?;
    let wanted = Schema::from_def(def)?;
    let database = database(&wanted.up(&Postgres))?;
    let found = inspected(&database, &Inspection::of(&wanted)).await?;
    let wanted_facts = facts(&wanted);
    assert!(
        wanted_facts.len() > 20,
        "too few facts of `{seed}` to compare"
    );
    let differs = difference(&facts(&found.schema), &wanted_facts);
    assert!(
        differs.is_empty(),
        "`{seed}` is read back otherwise:\n{differs}"
    );
    assert_eq!(found.unsupported, [], "unsupported in `{seed}`");
    assert_bodies(&found.schema, &wanted);
    Ok(())
}

/// Asserts that hand-written bodies are unchanged.
fn assert_bodies(found: &Schema, wanted: &Schema) {
    for routine in wanted.routines() {
        let Some(wanted) = body(routine) else {
            continue;
        };
        let mut named = found
            .routines()
            .iter()
            .filter(|other| name(&other.name) == name(&routine.name));
        let found = named.next().and_then(body);
        assert_eq!(found, Some(wanted), "the body of `{}`", name(&routine.name));
    }
}
