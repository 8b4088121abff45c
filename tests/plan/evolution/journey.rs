//! The script on a PostgreSQL with rows: each change runs up, back and up again.

use std::collections::BTreeMap;

use freehold::diff::Diff;
use freehold::plan::{LockMode, Mode, Plan, Stage, Step};
use freehold::{Postgres, Schema};

use super::observed::{Observed, by_name};
use super::{Leg, legs, none};
use crate::server::{Failure, Place};

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

/// A few rows for each table.
const ROWS: &str = include_str!("rows.sql");
/// The tables that are not partitions.
const TABLES: &str = "SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname";

const PARTITIONS: &str = "SELECT relname FROM pg_class WHERE relispartition";
const IS_NEW: &str = "SELECT (current_setting('server_version_num')::integer >= 180000)::text";

/// The values of a table's rows: a list for each column.
type Values = BTreeMap<String, Vec<String>>;

struct Journey {
    place: Place,
    fresh: Place,
    /// The facts of the current schema.
    facts: Vec<String>,
    problems: Vec<String>,
}

#[test]
fn every_change_runs_up_and_back_with_its_announced_locks() -> Result<(), Failure> {
    runtime()?.block_on(async {
        let mut journey = Journey::new("evolution", &legs()?).await?;
        for leg in &legs()? {
            if let Err(error) = journey.leg(leg).await {
                journey.ends(leg, &error);
                break;
            }
        }
        none(&journey.problems)
    })
}

/// Each change that breaks running code, through the schema on which both releases work.
#[test]
fn changes_over_two_releases_run_with_their_announced_locks() -> Result<(), Failure> {
    runtime()?.block_on(async {
        let mut journey = Journey::new("releases", &legs()?).await?;
        for leg in &legs()? {
            if let Err(error) = journey.releases(leg).await {
                journey.ends(leg, &error);
                break;
            }
        }
        none(&journey.problems)
    })
}

impl Journey {
    /// The start of the script, with rows.
    async fn new(name: &str, legs: &[Leg]) -> Result<Self, Failure> {
        let mut journey = Self {
            place: Place::new(name).await?,
            fresh: Place::new("fresh").await?,
            facts: Vec::new(),
            problems: Vec::new(),
        };
        if let Some(first) = legs.first() {
            journey.facts = journey.facts(&first.before).await?;
            journey.place.make(&first.before).await?;
            journey.place.run(ROWS).await?;
        }
        Ok(journey)
    }

    fn ends(&mut self, leg: &Leg, error: &Failure) {
        let name = &leg.name;
        self.problems
            .push(format!("{name}: {error}; the script ends there"));
    }

    async fn releases(&mut self, leg: &Leg) -> Result<(), Failure> {
        match leg.releases() {
            Some(releases) => {
                for leg in &releases {
                    self.there_and_back(leg).await?;
                }
            }
            None => {
                self.fail(leg, &leg.plan()).await?;
                self.place.up(&leg.plan()).await?;
                self.facts = self.facts(&leg.after).await?;
            }
        }
        self.place.run(leg.change.rows_after).await
    }

    async fn leg(&mut self, leg: &Leg) -> Result<(), Failure> {
        self.fail(leg, &leg.plan()).await?;
        self.there_and_back(leg).await?;
        self.place.run(leg.change.rows_after).await
    }

    async fn there_and_back(&mut self, leg: &Leg) -> Result<(), Failure> {
        let plan = leg.plan();
        let new = self.facts(&leg.after).await?;
        let old = std::mem::replace(&mut self.facts, new.clone());
        let before = self.values().await?;
        self.up(leg, &plan).await?;
        self.expect(leg, "up", &new).await?;
        let after = self.values().await?;
        // Values of another type have another text.
        let gone = |column: &str, found: bool| leg.change.turns.contains(&column) || !found;
        self.same_rows(leg, "up", &before, &after, gone);
        self.down(leg, &plan).await?;
        self.expect(leg, "down", &come_back(leg, &old)).await?;
        let back = self.values().await?;
        self.same_rows(leg, "down", &before, &back, |_, _| false);
        self.place
            .up(&plan)
            .await
            .map_err(|error| format!("up again: {error}"))?;
        self.expect(leg, "up again", &new).await?;
        let settled = Diff::between(&self.place.inspect(&leg.settled).await?, &leg.settled);
        if !settled.is_empty() {
            let changes = &settled.changes;
            self.problem(leg, format!("there is still a difference: {changes:#?}"));
        }
        Ok(())
    }

    fn problem(&mut self, leg: &Leg, text: impl Into<String>) {
        self.problems.push(format!("{}: {}", leg.name, text.into()));
    }

    /// Asserts that the change fails on rows that do not fit, with the announced message.
    async fn fail(&mut self, leg: &Leg, plan: &Plan) -> Result<(), Failure> {
        let Some(failing) = leg.change.failure else {
            return Ok(());
        };
        self.place.run(failing.rows).await?;
        let mut done = plan.clone();
        let mut failure = None;
        for (number, stage) in plan.stages.iter().enumerate() {
            let statements = plan.up(stage, &Postgres);
            if let Err(error) = self.place.stage(stage.mode, &statements).await {
                failure = Some(error.to_string());
                // A failure in a transaction leaves nothing; an index that cannot be built stays invalid.
                let is_left = stage.mode == Mode::Alone;
                done.stages.truncate(number + usize::from(is_left));
                break;
            }
        }
        match failure {
            None => self.problem(leg, "it does not fail on rows that do not fit"),
            Some(error) if error.contains(failing.message) => {}
            Some(error) => self.problem(leg, format!("it fails in another way: {error}")),
        }
        self.place
            .down(&done)
            .await
            .map_err(|error| format!("down after it failed: {error}"))?;
        let old = self.facts.clone();
        self.expect(leg, "down after it failed", &old).await?;
        self.place.run(failing.cure).await
    }

    /// Runs each step in a transaction of its own, so that its locks can be observed separately.
    async fn up(&mut self, leg: &Leg, plan: &Plan) -> Result<(), Failure> {
        let there = self.place.identities().await?;
        for stage in &plan.stages {
            for step in &stage.steps {
                let stage = Stage {
                    mode: stage.mode,
                    steps: vec![step.clone()],
                };
                let statements = plan.up(&stage, &Postgres);
                let title = &step.title;
                let failed = |error| format!("up, at `{title}`: {error}");
                if stage.mode == Mode::Alone {
                    for statement in &statements {
                        self.place.run(statement).await.map_err(failed)?;
                    }
                    continue;
                }
                let made = self.place.names_beside(&there).await?;
                let observed = self.place.observe(&statements).await;
                let observed = observed.map_err(failed)?.without(&made);
                let said = Observed::said(step).without(&made);
                if observed != said {
                    self.problem(
                        leg,
                        format!("`{title}` says {said:?}\n    and it is {observed:?}"),
                    );
                }
            }
        }
        Ok(())
    }

    /// The same as `up`, in reverse.
    async fn down(&mut self, leg: &Leg, plan: &Plan) -> Result<(), Failure> {
        let there = self.place.identities().await?;
        for stage in plan.stages.iter().rev() {
            for step in stage.steps.iter().rev() {
                let stage = Stage {
                    mode: stage.mode,
                    steps: vec![step.clone()],
                };
                let statements = plan.down(&stage, &Postgres);
                let title = &step.title;
                let failed = |error| format!("down, at `{title}`: {error}");
                if stage.mode == Mode::Alone {
                    for statement in &statements {
                        self.place.run(statement).await.map_err(failed)?;
                    }
                    continue;
                }
                let made = self.place.names_beside(&there).await?;
                let observed = self.place.observe(&statements).await;
                let observed = observed.map_err(failed)?.without(&made).locks;
                let mut said = by_name(&step.locks_back);
                said.retain(|table, _| !made.contains(table));
                self.as_on_this_server(step, &mut said, &observed).await?;
                if observed != said {
                    self.problem(
                        leg,
                        format!(
                            "the way back of `{title}` says {said:?}\n    and it is {observed:?}"
                        ),
                    );
                }
            }
        }
        Ok(())
    }

    /// While the way back adds a key to a partitioned table, PostgreSQL up to 17 lets readers into the partitions, and
    /// PostgreSQL 18 does not. A plan announces the stronger lock.
    async fn as_on_this_server(
        &mut self,
        step: &Step,
        said: &mut BTreeMap<String, LockMode>,
        observed: &BTreeMap<String, LockMode>,
    ) -> Result<(), Failure> {
        let is_key = |sql: &String| sql.contains(" PRIMARY KEY ") || sql.contains(" UNIQUE ");
        if !step.down_sql(&Postgres).iter().any(is_key)
            || self.place.rows(IS_NEW).await? == ["true"]
        {
            return Ok(());
        }
        for partition in self.place.rows(PARTITIONS).await? {
            let locks = (said.get_mut(&partition), observed.get(&partition));
            if let (Some(said @ LockMode::AccessExclusive), Some(LockMode::Share)) = locks {
                *said = LockMode::Share;
            }
        }
        Ok(())
    }

    async fn facts(&mut self, schema: &Schema) -> Result<Vec<String>, Failure> {
        self.fresh
            .make(schema)
            .await
            .map_err(|error| format!("fresh: {error}"))?;
        self.fresh.catalog().await
    }

    async fn expect(&mut self, leg: &Leg, when: &str, wanted: &[String]) -> Result<(), Failure> {
        let found = self.place.catalog().await?;
        let missing: Vec<_> = wanted.iter().filter(|fact| !found.contains(fact)).collect();
        let extra: Vec<_> = found.iter().filter(|fact| !wanted.contains(fact)).collect();
        if missing.is_empty() && extra.is_empty() {
            return Ok(());
        }
        let text = format!("{when}: missing: {missing:#?}\n  unexpected: {extra:#?}");
        self.problem(leg, text);
        Ok(())
    }

    /// The values of each table and column.
    async fn values(&mut self) -> Result<BTreeMap<String, Values>, Failure> {
        let mut all = BTreeMap::new();
        for table in self.place.rows(TABLES).await? {
            let columns = self
                .place
                .rows(&format!(
                    "SELECT attname || ' ' || format_type(atttypid, atttypmod) FROM pg_attribute
                 WHERE attrelid = '\"{table}\"'::regclass AND attnum > 0 AND NOT attisdropped"
                ))
                .await?;
            let mut values = BTreeMap::new();
            for column in columns {
                let (name, _) = column.split_once(' ').unwrap_or_default();
                let query = format!("SELECT \"{name}\"::text FROM \"{table}\" ORDER BY 1");
                values.insert(column.clone(), self.place.rows(&query).await?);
            }
            all.insert(table, values);
        }
        Ok(all)
    }

    /// Asserts that each value that must not be lost is there. `is_free` gets the name and whether the column is there.
    fn same_rows(
        &mut self,
        leg: &Leg,
        when: &str,
        before: &BTreeMap<String, Values>,
        now: &BTreeMap<String, Values>,
        is_free: impl Fn(&str, bool) -> bool,
    ) {
        let loses = leg.change.loses;
        for (table, columns) in before {
            for (column, values) in columns {
                let name = column.split_once(' ').unwrap_or_default().0;
                let name = format!("{table}.{name}");
                // The rows of a copy are filled by updates, which fire triggers.
                let is_moved = leg.name != leg.change.name && name.ends_with(".updated_at");
                let is_lost = is_moved || loses.contains(&&**table) || loses.contains(&&*name);
                let found = now.get(table).and_then(|columns| columns.get(column));
                if found != Some(values) && !is_lost && !is_free(&name, found.is_some()) {
                    self.problem(
                        leg,
                        format!("{when}: `{table}.{column}` was {values:?} and is {found:?}"),
                    );
                }
            }
        }
    }
}

/// The facts after the way back.
fn come_back(leg: &Leg, old: &[String]) -> Vec<String> {
    let mut facts = old.to_vec();
    // The expanded schema keeps the column, so nothing is lost.
    let is_whole = !leg.name.ends_with("_expanded");
    if let Some((was, is)) = leg.change.comes_back_as.filter(|_| is_whole) {
        let known = facts.iter_mut().filter(|fact| *fact == was);
        known.for_each(|fact| is.clone_into(fact));
    }
    facts
}
