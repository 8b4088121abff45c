//! A schema that changes while an application runs: the types and plans that its connections remember become invalid. A
//! statement that is its own unit of work does not fail, and a transaction can run again.

use freehold::error::Error;
use freehold::model::Isolation;
use freehold::prelude::*;
use freehold::query::{CanDelete, CanInsert, CanRead, CanUpdate};
use freehold::scope::TransactionOptions;
use freehold_test_support::{Database, Server};
use futures_util::TryStreamExt as _;
use futures_util::future::{join_all, try_join_all};
use tokio::sync::{Barrier, OnceCell};

use crate::TestResult;
use crate::proxy::{Proxy, port_of};
use crate::shop::{BOTH, Mode};

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeasonId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = season_kind)]
pub enum Kind {
    Odd,
    Even,
}

#[derive(Domain, Clone, Debug, PartialEq, Eq)]
#[domain(name = season_name, check(length(value) < 20))]
pub struct SeasonName(String);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
}

#[derive(Table, Debug, Clone)]
#[table(name = seasons, scope = user_id, allow(timestamps))]
#[table(index(user_id, kind), allow(index_not_leakproof))]
pub struct Season {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: SeasonId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub kind: Kind,
    pub name: SeasonName,
    #[column(citext)]
    pub tag: String,
    #[column(varchar(5))]
    pub code: String,
    #[column(default = 0)]
    pub count: i32,
}

schema!(
    pub SEASONS = [User, Season],
    extension(citext),
    isolation(role = seasons_app, owner = seasons_owner, login = seasons_login),
);

/// The output of `schema diff --sql` for another order of the labels, in one transaction.
const ENUM_MADE_AGAIN: &str = "BEGIN; ALTER TYPE season_kind RENAME TO season_kind_before; \
    CREATE TYPE season_kind AS ENUM ('even', 'odd'); \
    ALTER TABLE seasons ALTER COLUMN kind TYPE season_kind USING kind::text::season_kind; \
    DROP TYPE season_kind_before; COMMIT";

/// The same, but the old type stays for a while.
const ENUM_BESIDE_THE_OLD_ONE: &str = "BEGIN; ALTER TYPE season_kind RENAME TO season_kind_old; \
    CREATE TYPE season_kind AS ENUM ('even', 'odd'); \
    ALTER TABLE seasons ALTER COLUMN kind TYPE season_kind USING kind::text::season_kind; COMMIT";

const DOMAIN_MADE_AGAIN: &str = "BEGIN; ALTER DOMAIN season_name RENAME TO season_name_before; \
    CREATE DOMAIN season_name AS text CHECK (length(VALUE) < 30); \
    ALTER TABLE seasons ALTER COLUMN name TYPE season_name; DROP DOMAIN season_name_before; COMMIT";

const EXTENSION_MADE_AGAIN: &str = "BEGIN; ALTER TABLE seasons ALTER COLUMN tag TYPE text; \
    DROP EXTENSION citext; CREATE EXTENSION citext; \
    ALTER TABLE seasons ALTER COLUMN tag TYPE citext; COMMIT";

const COLUMN_WIDENED: &str = "ALTER TABLE seasons ALTER COLUMN code TYPE varchar(50)";

const COLUMN_OF_ANOTHER_TYPE: &str = "ALTER TABLE seasons ALTER COLUMN code TYPE text";

const TABLE_MADE_AGAIN: &str = "BEGIN; ALTER TABLE seasons RENAME TO seasons_before; \
    CREATE TABLE seasons (LIKE seasons_before INCLUDING ALL); \
    ALTER TABLE seasons ALTER COLUMN code TYPE varchar(50); \
    INSERT INTO seasons SELECT * FROM seasons_before; DROP TABLE seasons_before; \
    GRANT SELECT, INSERT, UPDATE, DELETE ON seasons TO seasons_app; COMMIT";

const TYPE_MOVED: &str = "BEGIN; CREATE SCHEMA moved; ALTER TYPE season_kind SET SCHEMA moved; \
    CREATE TYPE season_kind AS ENUM ('odd', 'even'); \
    ALTER TABLE seasons ALTER COLUMN kind TYPE season_kind USING kind::text::season_kind; COMMIT";

/// The changes, one after the other. The last one removes the policies.
const CHANGES: [(&str, &str); 8] = [
    ("a recreated enum", ENUM_MADE_AGAIN),
    ("an enum beside the old one", ENUM_BESIDE_THE_OLD_ONE),
    ("a recreated domain", DOMAIN_MADE_AGAIN),
    ("a recreated extension", EXTENSION_MADE_AGAIN),
    ("a column widened", COLUMN_WIDENED),
    ("a column of another type", COLUMN_OF_ANOTHER_TYPE),
    ("a type moved to another schema", TYPE_MOVED),
    ("a recreated table", TABLE_MADE_AGAIN),
];

/// The database that each test copies, and the URL of its login.
async fn template() -> Result<&'static (Database, String), Box<dyn std::error::Error>> {
    static TEMPLATE: OnceCell<(Database, String)> = OnceCell::const_new();
    let made = TEMPLATE.get_or_try_init(async || {
        let database = Server::shared().create_database("seasons")?;
        let login = Db::setup(&SEASONS, &database.url()).await?;
        Ok::<_, Box<dyn std::error::Error>>((database, login))
    });
    made.await
}

struct World {
    database: Database,
    me: Scope<UserId>,
    connections: usize,
}

impl World {
    async fn new(mode: Mode, connections: usize) -> Result<Self, Box<dyn std::error::Error>> {
        let (template, login_url) = template().await?;
        let database = Server::shared().copy_database(template)?;
        let login = login_url.replace(template.name(), database.name());
        let builder = match mode {
            Mode::Predicate => Db::builder(&database.url()).isolation(Isolation::Predicate),
            Mode::RowSecurity => Db::builder(&login).schema(&SEASONS),
        };
        let db = builder.pool_size(connections).connect().await?;
        let me = db.scope(UserId::from(Uuid::from_u128(0xa)));
        User::insert(NewUser {}).execute(&me).await?;
        Season::insert(new_season("first")).execute(&me).await?;
        Ok(Self {
            database,
            me,
            connections,
        })
    }

    /// Runs every statement on every connection of the pool, so that each connection remembers all of them.
    async fn warm(&self) -> Result<(), Error> {
        let all_begun = Barrier::new(self.connections);
        let rounds = (0..self.connections).map(|_| {
            self.me.transaction(async |tx| {
                Season::select().count(tx).await?;
                all_begun.wait().await;
                every_statement(tx).await
            })
        });
        try_join_all(rounds).await.map(drop)
    }

    fn change(&self, sql: &str) -> TestResult {
        self.database.psql(sql)?;
        Ok(())
    }
}

/// Every kind of statement, with parameters of all types.
async fn every_statement<E>(by: &E) -> Result<(), Error>
where
    E: CanRead<Season> + CanUpdate<Season> + CanDelete<Season> + CanInsert<Season>,
{
    let odd = || Season::select().filter(|season| season.kind.eq(Kind::Odd));
    odd().fetch_all(by).await?;
    odd().count(by).await?;
    Season::by_kind(Kind::Even).fetch_all(by).await?;
    let rows: Vec<_> = odd().fetch(by).try_collect().await?;
    assert!(!rows.is_empty(), "no row to read");
    let same_name = SeasonName::from("first".to_owned());
    Season::select()
        .filter(|season| season.name.eq(same_name))
        .fetch_all(by)
        .await?;
    Season::select()
        .filter(|season| season.tag.eq("TAG"))
        .fetch_all(by)
        .await?;
    let kinds = [Kind::Odd, Kind::Even];
    Season::select()
        .filter(|season| season.kind.is_in(kinds))
        .fetch_all(by)
        .await?;
    let new = Season::insert(new_season("other")).fetch_one(by).await?;
    Season::insert_many([new_season("a"), new_season("b")])
        .execute(by)
        .await?;
    Season::update(new.id)
        .set(|season| {
            (
                season.kind.to(Kind::Even),
                season.code.to("x"),
                season.tag.to("y"),
            )
        })
        .execute(by)
        .await?;
    Season::delete_where(|season| season.code.eq("x") & season.kind.eq(Kind::Even))
        .execute(by)
        .await?;
    Ok(())
}

fn new_season(name: &str) -> NewSeason {
    NewSeason {
        kind: Kind::Odd,
        name: SeasonName::from(name.to_owned()),
        tag: "Tag".to_owned(),
        code: "code".to_owned(),
    }
}

/// No statement fails, whatever changed and however many connections remember it.
#[tokio::test]
async fn no_single_statement_fails_after_a_change() -> TestResult {
    for mode in BOTH {
        for connections in [1, 3] {
            let world = World::new(mode, connections).await?;
            for (what, sql) in CHANGES {
                world.warm().await?;
                world.change(sql)?;
                for round in 0..2 {
                    let done = every_statement(&world.me).await;
                    assert!(
                        done.is_ok(),
                        "{mode:?}, {connections}, {what}, {round}: {done:?}"
                    );
                }
            }
        }
    }
    Ok(())
}

/// All connections of the pool are in use when the change is noticed.
#[tokio::test]
async fn no_concurrent_statement_fails_after_a_change() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode, 3).await?;
        for (what, sql) in CHANGES {
            world.warm().await?;
            world.change(sql)?;
            let tasks = (0..6).map(|_| every_statement(&world.me));
            for done in join_all(tasks).await {
                assert!(done.is_ok(), "{mode:?}, {what}: {done:?}");
            }
        }
    }
    Ok(())
}

/// The schema changes repeatedly while statements run.
#[tokio::test]
async fn no_statement_fails_while_the_schema_changes() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode, 3).await?;
        world.warm().await?;
        for round in 0..4 {
            let change = async { world.change(ENUM_MADE_AGAIN).map_err(|_| Error::Aborted) };
            let tasks = (0..4).map(|_| async {
                for _ in 0..4 {
                    let odd = Season::select().filter(|season| season.kind.eq(Kind::Odd));
                    odd.fetch_all(&world.me).await?;
                    tokio::task::yield_now().await;
                }
                Ok::<_, Error>(())
            });
            let (changed, done) = tokio::join!(change, try_join_all(tasks));
            changed?;
            assert!(done.is_ok(), "{mode:?}, {round}: {done:?}");
        }
    }
    Ok(())
}

/// A transaction runs again only on request: its closure may do more than run statements.
#[tokio::test]
async fn a_transaction_runs_again_if_requested() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode, 3).await?;
        for (what, sql) in CHANGES {
            world.warm().await?;
            world.change(sql)?;
            let once = TransactionOptions::new().retries(1);
            let work = async || {
                world
                    .me
                    .transaction_with(once, async |tx| every_statement(tx).await)
                    .await
            };
            for done in [work().await, work().await, work().await] {
                assert!(done.is_ok(), "{mode:?}, {what}: {done:?}");
            }
        }
    }
    Ok(())
}

/// Without retries the error is retryable, and a second run succeeds.
#[tokio::test]
async fn a_transaction_without_retries_fails_with_schema_changed() -> TestResult {
    for mode in BOTH {
        let world = World::new(mode, 3).await?;
        world.warm().await?;
        world.change(ENUM_MADE_AGAIN)?;
        let work = async || {
            let work = world.me.transaction(async |tx| every_statement(tx).await);
            work.await
        };
        let failed = work().await;
        let is_told =
            matches!(&failed, Err(error @ Error::SchemaChanged(_)) if error.is_retryable());
        assert!(is_told, "{mode:?}: {failed:?}");
        for _ in 0..3 {
            work().await?;
        }
    }
    Ok(())
}

/// A wrong statement gets the same error on a new connection, so it opens one now and then, and not each time.
#[tokio::test]
async fn a_wrong_statement_does_not_open_a_connection_each_time() -> TestResult {
    let world = World::new(Mode::Predicate, 1).await?;
    world.change("ALTER TABLE seasons ALTER COLUMN count TYPE text")?;
    let url = world.database.url();
    let proxy = Proxy::start(port_of(&url)).await?;
    let builder = Db::builder(&proxy.url(&url)).isolation(Isolation::Predicate);
    let db = builder.pool_size(1).connect().await?;
    let me = db.scope(*world.me.key());
    for _ in 0..20 {
        let wrong = Season::select()
            .filter(|season| season.count.gt(1))
            .count(&me)
            .await;
        assert!(matches!(wrong, Err(Error::Database(_))), "{wrong:?}");
    }
    let made = proxy.connections();
    assert!(
        made <= 3,
        "{made} connections for 20 statements that are wrong"
    );
    Ok(())
}
