//! Non-interference: what an owner sees does not depend on another owner's rows.

use super::actor::Actor;
use super::conditions;
use super::database::TestDatabase;
use super::error::TestingError;
use super::factory::{Factory, Stored};
use super::leak::Leak;
use super::owner_key::OwnerKey;
use super::probe::{Probe, Work};
use super::probes::{self, Case};
use crate::error::Error;
use crate::model::{Isolation, Ownership, SchemaDef, TableDef};
use crate::query::Meta;
use crate::scope::run_transaction;

/// How many rows the compared owner and the other one have in each table. The other one has more, so that some keys
/// exist only there.
const OWN: u32 = 2;
const THEIRS: u32 = 3;

/// What [`assert_isolated`] has tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The number of tables and views that are not shared.
    pub tables: usize,
    /// The number of statements on them, and on shared tables and views.
    pub statements: usize,
    /// The number of rows that the other owner had.
    pub rows_of_the_other: usize,
}

/// Asserts that no owner learns of another owner's rows, under the isolation that the schema declares.
///
/// The test creates three databases. In the first, an owner is alone. In the second, another owner has the same rows
/// under a different owner, and rows with values on which computations fail. The third has no owners. For every table
/// and view that is not shared:
///
/// - The first owner runs each kind of statement in the first and the second database, with values of their own rows,
///   of the other owner's rows and of no row.
/// - An owner without rows filters by, computes with and orders by each column of the table or view, of the tables
///   joined to it and of its children. This runs in the second and the third database.
///
/// Every shared table is joined to the rows that reference it, as both of these owners. Every shared view is read as
/// the first owner. The results must be the same, byte for byte, errors included.
///
/// The other owner's values are not tried where the schema declares a value unique over all owners, such as an e-mail
/// address or a key without the scope. Every owner can learn that such a value is taken.
///
/// # Errors
///
/// [`TestingError::Leak`] with the statement whose results differ, or the reason why the databases could not be
/// created.
pub async fn assert_isolated(
    schema: &'static SchemaDef,
    admin_url: &str,
) -> Result<Report, TestingError> {
    let alone = Side::new(schema, admin_url, &[OWN]).await?;
    let beside = Side::new(schema, admin_url, &[OWN, THEIRS]).await?;
    let empty = Side::new(schema, admin_url, &[]).await?;
    Sides {
        alone,
        beside,
        empty,
    }
    .compare(schema)
    .await
}

/// The same as [`assert_isolated`], under another isolation than the schema declares.
///
/// Use it to prove that the scope filters of the statements suffice on their own, and that row-level security does.
///
/// # Errors
///
/// The same as for [`assert_isolated`].
pub async fn assert_isolated_by(
    schema: &'static SchemaDef,
    isolation: Isolation,
    admin_url: &str,
) -> Result<Report, TestingError> {
    let schema = Box::leak(Box::new(schema.isolation(isolation)));
    assert_isolated(schema, admin_url).await
}

/// A database and its rows.
struct Side {
    /// Dropping the `Side` drops the database.
    _database: TestDatabase,
    /// The first owner.
    first: Actor,
    /// An owner without rows.
    stranger: Actor,
    /// The rows by owner, then by table, each by its index.
    rows: Vec<Vec<Vec<Stored>>>,
}

/// The indexes of the compared owners. The second owner also has rows on which computations fail.
const FIRST: u8 = 0;
const SECOND: u8 = 1;
const STRANGER: u8 = 2;

impl Side {
    /// Creates a database. `owners` gives the number of rows in each table, for each owner.
    async fn new(
        schema: &'static SchemaDef,
        admin_url: &str,
        owners: &[u32],
    ) -> Result<Self, TestingError> {
        let database = TestDatabase::new(schema, admin_url).await?;
        let mut factory = database.factory().await?;
        let mut rows = Vec::new();
        for (&count, owner) in owners.iter().zip(FIRST..) {
            let key = OwnerKey::new(schema, owner)?.text();
            rows.push(fill(&mut factory, &key, count).await?);
            if owner == SECOND {
                fill_hostile(&mut factory, &key, count).await?;
            }
        }
        let actor =
            |of| Ok::<_, TestingError>(Actor::new(database.db(), &OwnerKey::new(schema, of)?));
        Ok(Self {
            first: actor(FIRST)?,
            stranger: actor(STRANGER)?,
            _database: database,
            rows,
        })
    }

    /// The rows of an owner in the table with this index.
    fn rows_of(&self, owner: u8, table: usize) -> Vec<Stored> {
        let tables = self.rows.get(usize::from(owner));
        let rows = tables.and_then(|tables| tables.get(table));
        rows.cloned().unwrap_or_default()
    }
}

/// Creates rows in each table, and returns them in the order of the tables.
async fn fill(
    factory: &mut Factory,
    owner: &str,
    count: u32,
) -> Result<Vec<Vec<Stored>>, TestingError> {
    let mut tables = Vec::new();
    for &table in factory.schema().tables {
        let is_shared = table.ownership.is_shared();
        // Shared rows are created only once, and their number does not depend on the owners.
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

/// Creates a row in each owned table with values on which computations fail.
async fn fill_hostile(factory: &mut Factory, owner: &str, seed: u32) -> Result<(), TestingError> {
    let tables = factory.schema().tables.iter();
    for &table in tables
        .filter(|table| matches!(table.ownership, Ownership::Scope(_) | Ownership::Through(_)))
    {
        factory.make_hostile(table, owner, seed).await?;
    }
    Ok(())
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
            // In some tables, an owner can have only one row.
            Err(TestingError::NoRow { .. }) if seed > 0 => break,
            Err(error) => return Err(error),
        }
    }
    Ok(rows)
}

/// The three databases that are compared.
struct Sides {
    alone: Side,
    beside: Side,
    empty: Side,
}

impl Sides {
    async fn compare(&self, schema: &'static SchemaDef) -> Result<Report, TestingError> {
        let holds_raw = matches!(schema.isolation, Isolation::RowSecurity(_));
        let tables = schema.tables.iter();
        let tables: Vec<_> = tables.map(|&table| leak(Meta::table(table))).collect();
        let mut report = Report {
            tables: 0,
            statements: 0,
            rows_of_the_other: 0,
        };
        for case in self.cases(schema, &tables) {
            report.tables += 1;
            report.rows_of_the_other += case.theirs.len();
            let of_first = || probes::probes(&case, &tables, holds_raw);
            report.statements += self.beside_another(case.meta, of_first).await?;
            let of_stranger = || conditions::probes(case.meta, &tables);
            report.statements += self.as_stranger(case.meta, of_stranger).await?;
        }
        for &shared in tables.iter().filter(|table| table.ownership().is_shared()) {
            let probes = || probes::of_shared(shared, &tables);
            report.statements += self.beside_another(shared, probes).await?;
            report.statements += self.as_stranger(shared, probes).await?;
        }
        for &view in schema
            .views
            .iter()
            .filter(|view| view.ownership.is_shared())
        {
            let meta = leak(Meta::view(view));
            let whole = || {
                vec![Probe::new(
                    "select",
                    Work::Select(probes::all(meta).by_key(meta)),
                )]
            };
            report.statements += self.beside_another(meta, whole).await?;
        }
        Ok(report)
    }

    /// The tables and views that are not shared.
    fn cases(&self, schema: &'static SchemaDef, tables: &[&'static Meta]) -> Vec<Case> {
        let held = tables.iter().enumerate();
        let held = held.filter(|(_, meta)| !meta.ownership().is_shared());
        let held = held.map(|(at, &meta)| Case {
            meta,
            own: self.alone.rows_of(FIRST, at),
            theirs: self.beside.rows_of(SECOND, at),
        });
        let views = schema.views.iter();
        let views = views.filter(|view| !view.ownership.is_shared());
        let views = views.map(|&view| Case {
            meta: leak(Meta::view(view)),
            own: Vec::new(),
            theirs: Vec::new(),
        });
        held.chain(views).collect()
    }

    /// Compares what the first owner sees alone and beside the second owner. Returns the number of statements.
    async fn beside_another(
        &self,
        meta: &'static Meta,
        probes: impl Fn() -> Vec<Probe>,
    ) -> Result<usize, TestingError> {
        compare(meta, probes, &self.alone.first, &self.beside.first).await
    }

    /// Compares what an owner without rows sees in the empty database and beside the two owners. Returns the number
    /// of statements.
    async fn as_stranger(
        &self,
        meta: &'static Meta,
        probes: impl Fn() -> Vec<Probe>,
    ) -> Result<usize, TestingError> {
        let (alone, beside) = (&self.empty.stranger, &self.beside.stranger);
        compare(meta, probes, alone, beside).await
    }
}

async fn compare(
    meta: &'static Meta,
    probes: impl Fn() -> Vec<Probe>,
    alone: &Actor,
    beside: &Actor,
) -> Result<usize, TestingError> {
    let pairs = probes().into_iter().zip(probes());
    let mut count = 0;
    for (first, second) in pairs {
        count += 1;
        let seen_alone = seen(&first, alone).await?;
        let seen_beside = seen(&second, beside).await?;
        if seen_alone != seen_beside {
            return Err(TestingError::Leak(Box::new(Leak {
                table: meta.table_name().name,
                statement: first.name,
                alone: seen_alone,
                beside: seen_beside,
            })));
        }
    }
    Ok(count)
}

/// What an owner sees of a statement. The statement is rolled back.
async fn seen(probe: &Probe, actor: &Actor) -> Result<String, TestingError> {
    let done = run_transaction(actor.clone(), async |tx| {
        let seen = probe.run(tx).await;
        Err::<(), _>(TakenBack::Seen(seen))
    });
    match done.await {
        Err(TakenBack::Seen(seen)) => Ok(seen),
        Err(TakenBack::Failed(error)) => Err(error.into()),
        Ok(()) => Ok(String::new()),
    }
}

/// The result of a transaction that is always rolled back.
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
