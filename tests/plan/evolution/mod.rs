//! A scripted evolution of `shop`: single changes, each from the schema before it. For each change a file contains its
//! plan. On a PostgreSQL with rows the change runs up, back and up again, and takes the locks that the plan announces.

mod change;
mod columns;
mod constraints;
mod domains;
mod journey;
mod known_partitions;
mod labels;
mod objects;
pub(crate) mod observed;
mod partitions;
mod shop;
mod snapshot;
mod tables;
mod types;

use freehold::expand::expand;
use freehold::plan::{Hazard, HazardKind, Plan};
use freehold::{Postgres, Schema};

use self::change::{Change, Class};
use self::shop::Shop;
use crate::server::Failure;

/// The groups, in the order of the script.
const SCRIPT: &[&[Change]] = &[
    tables::FIRST,
    columns::CHANGES,
    types::CHANGES,
    domains::CHANGES,
    labels::CHANGES,
    constraints::CHANGES,
    objects::CHANGES,
    partitions::CHANGES,
    known_partitions::CHANGES,
    tables::LAST,
];

/// A change between the schemas before and after it.
struct Leg {
    name: String,
    change: &'static Change,
    before: Schema,
    after: Schema,
    /// The schema after it, without declared renames.
    settled: Schema,
}

impl Leg {
    /// Whether the running release fails after it.
    fn breaks_running_code(&self) -> bool {
        let refused = HazardKind::BreaksRunningCode;
        matches!(self.change.class, Class::Refused(kinds) if kinds.contains(&refused))
    }

    /// The same change over two releases that can run at the same time.
    fn releases(&self) -> Option<[Self; 2]> {
        let middle = expand(&self.before, &self.after, &Postgres).schema;
        let leg = |what: &str, before: &Schema, after: &Schema, settled: &Schema| Self {
            name: format!("{}_{what}", self.name),
            change: self.change,
            before: before.clone(),
            after: after.clone(),
            settled: settled.clone(),
        };
        let legs = [
            leg("expanded", &self.before, &middle, &middle),
            leg("contracted", &middle, &self.after, &self.settled),
        ];
        let breaks = |hazard: &&Hazard| hazard.kind == HazardKind::BreaksRunningCode;
        let [first, _] = &legs;
        let is_safe = !first
            .plan()
            .steps()
            .any(|step| step.hazards.iter().any(|hazard| breaks(&hazard)));
        (self.breaks_running_code() && is_safe).then_some(legs)
    }

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
            name: change.name.to_owned(),
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

/// Fails with all problems at once.
fn none(problems: &[String]) -> Result<(), Failure> {
    if problems.is_empty() {
        return Ok(());
    }
    eprintln!("{}", problems.join("\n"));
    Err(format!("{} problems", problems.len()).into())
}

#[test]
fn every_plan_equals_its_file() -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut legs = legs()?;
    let releases: Vec<_> = legs.iter().filter_map(Leg::releases).flatten().collect();
    legs.extend(releases);
    for leg in &legs {
        let difference = snapshot::compare(&leg.name, &leg.plan())?;
        problems.extend(difference.map(|text| format!("== {}: {text}", leg.name)));
    }
    let mut names: Vec<_> = legs.iter().map(|leg| leg.name.clone()).collect();
    names.sort();
    if names != snapshot::names()? {
        problems.push(
            "there are files of changes that are not in the script, or two of one name".to_owned(),
        );
    }
    none(&problems)
}

#[test]
fn every_change_is_as_dangerous_as_declared() -> Result<(), Failure> {
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

/// Additional hazards of two changes: an index on partitions that the schema does not name, and a unique index that is
/// dropped too.
const OF_ITS_OWN: &[(&str, HazardKind)] = &[
    (
        "partitioned_column_renamed_expanded",
        HazardKind::BlockingLock,
    ),
    (
        "known_partitions_columns_dropped_expanded",
        HazardKind::GuaranteeLost,
    ),
];

/// Neither of the two migrations breaks running code, and the first one loses nothing.
#[test]
fn changes_over_two_releases_break_nothing() -> Result<(), Failure> {
    let mut problems = Vec::new();
    let legs = legs()?;
    let releases: Vec<_> = legs.iter().filter_map(Leg::releases).collect();
    for [expanded, contracted] in &releases {
        for (leg, is_meant) in [(expanded, None), (contracted, Some(HazardKind::DataLoss))] {
            let plan = leg.plan();
            let hazards = plan.steps().flat_map(|step| &step.hazards);
            let mut kinds = hazards.map(|hazard| hazard.kind);
            let refused = kinds.find(|kind| kind.is_refused() && Some(*kind) != is_meant);
            if refused.is_some_and(|kind| !OF_ITS_OWN.contains(&(leg.name.as_str(), kind))) {
                problems.push(format!("{}: it has {refused:?}", leg.name));
            }
        }
    }
    let names: Vec<_> = releases.iter().map(|[leg, _]| leg.name.as_str()).collect();
    for name in [
        "column_renamed_expanded",
        "used_column_dropped_expanded",
        "required_column_dropped_expanded",
        "table_dropped_expanded",
    ] {
        if !names.contains(&name) {
            problems.push(format!("there is no {name} among {names:?}"));
        }
    }
    none(&problems)
}

fn sorted(kinds: &[HazardKind]) -> Vec<HazardKind> {
    let mut kinds = kinds.to_vec();
    kinds.sort();
    kinds
}
