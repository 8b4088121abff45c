//! Non-interference: whether another owner's rows are there makes no difference to what an owner sees.

use std::fmt;

use super::actor::Actor;
use super::database::TestDatabase;
use super::error::TestingError;
use super::factory::{Factory, Stored};
use super::owner_key::OwnerKey;
use super::probes::{self, Case, Probe};
use crate::error::Error;
use crate::model::{Isolation, SchemaDef, TableDef};
use crate::query::Meta;
use crate::scope::run_transaction;

/// How many rows of each table an owner has, and the other one: more, so that there are keys that only the other has.
const OWN: u32 = 2;
const THEIRS: u32 = 3;

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The tables and views with an owner, and the internal ones.
    pub tables: usize,
    /// The statements over them.
    pub statements: usize,
    /// The rows of the other owner that were there.
    pub rows_of_the_other: usize,
}

/// A statement whose result depends on another owner's rows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Leak {
    /// The table.
    pub table: &'static str,
    /// The statement.
    pub statement: String,
    /// What an owner sees alone.
    pub alone: String,
    /// What the same owner sees beside another.
    pub beside: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` is not isolated: `{}` tells whether another owner's rows are there\nalone:  {}\nbeside: {}",
            self.table, self.statement, self.alone, self.beside
        )
    }
}

/// Asserts that no owner learns of another's rows, by the schema's own isolation.
///
/// Two databases are made. In one an owner is alone; in the other there is a second owner, with rows that are the same but for
/// whose they are. For every table and view with an owner each kind of statement is run as the first owner in both, with values of
/// own rows, of the other's and of none: what comes back has to be the same, byte by byte, errors among it. The same is done with
/// internal tables and views, of which there are rows that refer to the one owner and rows that refer to the other.
///
/// What a schema says is unique over all owners (an e-mail address, a key without the scope) is not tried with the other's values:
/// that it is taken is known to everybody.
///
/// # Errors
///
/// [`TestingError::Leak`] with the statement that tells, or why the databases could not be made.
pub async fn assert_isolated(
    schema: &'static SchemaDef,
    admin_url: &str,
) -> Result<Report, TestingError> {
    let alone = Side::new(schema, admin_url, false).await?;
    let beside = Side::new(schema, admin_url, true).await?;
    compare(schema, &alone, &beside).await
}

/// The same, by another isolation than the schema's own: one proves that the statements' predicates hold owners apart by
/// themselves, and that row-level security does.
///
/// # Errors
///
/// As [`assert_isolated`].
pub async fn assert_isolated_by(
    schema: &'static SchemaDef,
    isolation: Isolation,
    admin_url: &str,
) -> Result<Report, TestingError> {
    let schema = Box::leak(Box::new(schema.isolation(isolation)));
    assert_isolated(schema, admin_url).await
}

/// A database, and what is in it.
struct Side {
    database: TestDatabase,
    actor: Actor,
    own: Vec<Vec<Stored>>,
    theirs: Vec<Vec<Stored>>,
}

impl Side {
    async fn new(
        schema: &'static SchemaDef,
        admin_url: &str,
        has_other: bool,
    ) -> Result<Self, TestingError> {
        let database = TestDatabase::new(schema, admin_url).await?;
        let (first, second) = (OwnerKey::new(schema, 0)?, OwnerKey::new(schema, 1)?);
        let mut factory = database.factory().await?;
        let own = fill(&mut factory, &first.text(), OWN).await?;
        let theirs = if has_other {
            fill(&mut factory, &second.text(), THEIRS).await?
        } else {
            Vec::new()
        };
        let actor = Actor::new(database.db(), &first);
        Ok(Self {
            database,
            actor,
            own,
            theirs,
        })
    }
}

/// Makes rows of each table, and gives them by the places of the tables.
async fn fill(
    factory: &mut Factory,
    owner: &str,
    count: u32,
) -> Result<Vec<Vec<Stored>>, TestingError> {
    let mut tables = Vec::new();
    for &table in factory.schema().tables {
        let is_shared = table.ownership.is_shared();
        // What is shared is there once, whoever is beside whom.
        let count = if is_shared { THEIRS } else { count };
        let is_there = is_shared && factory.has_several_owners();
        tables.push(if is_there {
            Vec::new()
        } else {
            rows(factory, table, owner, count).await?
        });
    }
    Ok(tables)
}

async fn rows(
    factory: &mut Factory,
    table: &'static TableDef,
    owner: &str,
    count: u32,
) -> Result<Vec<Stored>, TestingError> {
    let owner = (!table.ownership.is_shared()).then_some(owner);
    let mut rows = Vec::new();
    for seed in 0..count {
        match factory.make(table, owner, seed).await {
            Ok(row) if rows.contains(&row) => break,
            Ok(row) => rows.push(row),
            // Of some tables an owner has one row and no more.
            Err(TestingError::NoRow { .. }) if seed > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(rows)
}

async fn compare(
    schema: &'static SchemaDef,
    alone: &Side,
    beside: &Side,
) -> Result<Report, TestingError> {
    let holds_raw = matches!(schema.isolation, Isolation::RowSecurity(_));
    let tables: Vec<&'static Meta> = schema
        .tables
        .iter()
        .map(|&table| leak(Meta::table(table)))
        .collect();
    let mut report = Report {
        tables: 0,
        statements: 0,
        rows_of_the_other: 0,
    };
    let held = tables.iter().enumerate();
    let held = held.filter(|(_, meta)| !meta.ownership().is_shared());
    let views = schema
        .views
        .iter()
        .filter(|view| !view.ownership.is_shared());
    let views = views.map(|&view| Case {
        meta: leak(Meta::view(view)),
        own: Vec::new(),
        theirs: Vec::new(),
    });
    let cases = held.map(|(at, &meta)| Case {
        meta,
        own: alone.own.get(at).cloned().unwrap_or_default(),
        theirs: beside.theirs.get(at).cloned().unwrap_or_default(),
    });
    for case in cases.chain(views) {
        report.tables += 1;
        report.rows_of_the_other += case.theirs.len();
        let in_alone = probes::probes(&case, &tables, holds_raw);
        let in_beside = probes::probes(&case, &tables, holds_raw);
        for (first, second) in in_alone.iter().zip(&in_beside) {
            report.statements += 1;
            compare_one(case.meta, first, alone, second, beside).await?;
        }
    }
    Ok(report)
}

async fn compare_one(
    meta: &'static Meta,
    first: &Probe,
    alone: &Side,
    second: &Probe,
    beside: &Side,
) -> Result<(), TestingError> {
    let seen_alone = seen(first, alone).await?;
    let seen_beside = seen(second, beside).await?;
    if seen_alone == seen_beside {
        return Ok(());
    }
    Err(TestingError::Leak(Box::new(Leak {
        table: meta.table_name().name,
        statement: first.name.clone(),
        alone: seen_alone,
        beside: seen_beside,
    })))
}

/// What the owner sees of a statement, which is taken back again.
async fn seen(probe: &Probe, side: &Side) -> Result<String, TestingError> {
    let _ = &side.database;
    let done = run_transaction(side.actor.clone(), async |tx| {
        let seen = probe.run(tx).await;
        Err::<(), _>(TakenBack::Seen(seen))
    });
    match done.await {
        Err(TakenBack::Seen(seen)) => Ok(seen),
        Err(TakenBack::Failed(error)) => Err(error.into()),
        Ok(()) => Ok(String::new()),
    }
}

/// How a transaction that is always taken back ends.
enum TakenBack {
    Seen(String),
    Failed(Error),
}

impl From<Error> for TakenBack {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

fn leak(meta: Meta) -> &'static Meta {
    Box::leak(Box::new(meta))
}
