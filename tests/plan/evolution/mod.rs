//! A scripted evolution of `shop`: single changes, each from the schema before it. For each change there is a file that says how it is
//! planned; and on a PostgreSQL with rows in the tables it goes there, back and there again, and takes the locks that the plan says.

mod change;
mod columns;
mod constraints;
mod journey;
mod known_partitions;
mod labels;
mod objects;
mod observed;
mod partitions;
mod shop;
mod snapshot;
mod tables;
mod types;

use freehold::plan::{HazardKind, Plan};
use freehold::{Postgres, Schema};

use self::change::{Change, Class};
use self::shop::Shop;
use crate::server::Failure;

/// The groups, in the order of the script.
const SCRIPT: &[&[Change]] = &[
    tables::FIRST,
    columns::CHANGES,
    types::CHANGES,
    labels::CHANGES,
    constraints::CHANGES,
    objects::CHANGES,
    partitions::CHANGES,
    known_partitions::CHANGES,
    tables::LAST,
];

/// A change between the schemas before and after it.
struct Leg {
    change: &'static Change,
    before: Schema,
    after: Schema,
    /// The schema after it, in which nothing says what it was called before.
    settled: Schema,
}

impl Leg {
    fn plan(&self) -> Plan {
        Plan::between(&self.before, &self.after, &Postgres)
    }
}

fn legs() -> Result<Vec<Leg>, Failure> {
    let mut shop = Shop::new();
    let mut legs = Vec::new();
    for change in SCRIPT.iter().copied().flatten() {
        let before = schema(&shop, change)?;
        (change.edit)(&mut shop);
        let after = schema(&shop, change)?;
        shop = shop.settled();
        let settled = schema(&shop, change)?;
        legs.push(Leg {
            change,
            before,
            after,
            settled,
        });
    }
    Ok(legs)
}

fn schema(shop: &Shop, change: &Change) -> Result<Schema, Failure> {
    let schema = shop.def().schema();
    schema.map_err(|error| format!("{}: {error}", change.name).into())
}

/// All that went wrong, at once.
fn none(problems: &[String]) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    eprintln!("{}", problems.join("\n"));
    Err(format!("{} problems", problems.len()).into())
}

#[test]
fn every_change_is_planned_as_its_file_says() -> Result<(), Failure> {
    let mut problems = Vec::new();
    let legs = legs()?;
    for leg in &legs {
        let difference = snapshot::compare(leg.change.name, &leg.plan())?;
        problems.extend(difference.map(|text| format!("== {}: {text}", leg.change.name)));
    }
    let mut names: Vec<_> = legs.iter().map(|leg| leg.change.name.to_owned()).collect();
    names.sort();
    if names != snapshot::names()? {
        problems.push(
            "there are files of changes that are not in the script, or two of one name".to_owned(),
        );
    }
    none(&problems)
}

#[test]
fn every_change_is_as_dangerous_as_it_should_be() -> Result<(), Failure> {
    let mut problems = Vec::new();
    for leg in legs()? {
        let plan = leg.plan();
        let mut kinds: Vec<_> = plan
            .steps()
            .flat_map(|step| &step.hazards)
            .map(|hazard| hazard.kind)
            .collect();
        kinds.sort();
        kinds.dedup();
        let refused: Vec<_> = kinds
            .iter()
            .copied()
            .filter(|kind| kind.is_refused())
            .collect();
        let is_right = match leg.change.class {
            Class::Safe => kinds.is_empty(),
            Class::Caution(expected) => sorted(expected) == kinds && refused.is_empty(),
            Class::Refused(expected) => sorted(expected) == refused && !refused.is_empty(),
        };
        if !is_right {
            let (name, class) = (leg.change.name, leg.change.class);
            problems.push(format!(
                "{name}: it should be {class:?}, and it has {kinds:?}"
            ));
        }
        if plan.is_empty() {
            problems.push(format!("{}: there is nothing to do", leg.change.name));
        }
    }
    none(&problems)
}

fn sorted(kinds: &[HazardKind]) -> Vec<HazardKind> {
    let mut kinds = kinds.to_vec();
    kinds.sort();
    kinds
}
