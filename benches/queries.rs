//! Compares typed queries with the same queries written by hand, over sqlx (`query_as`) and over tokio-postgres.
//!
//! ```text
//! cargo bench --bench queries
//! cargo bench --bench queries -- --instructions
//! ```
//!
//! The benchmark starts its own server. Each round runs every library, so whatever slows the machine down slows all
//! of them. The median of the rounds counts; look at the ratio to sqlx.
//!
//! `--instructions` counts the instructions of the client instead, with callgrind. It needs `valgrind`. The counts do
//! not depend on other load of the machine.

#![allow(missing_docs, unreachable_pub, clippy::print_stdout)] // This is a program, and its structs are a schema.

use std::error::Error;
use std::process::Command;
use std::time::{Duration, Instant};

use freehold::prelude::*;
use freehold::query::Cursor;
use freehold::scope::DbBuilder;
use freehold_test_support::{Database, Server};
use sqlx::postgres::{PgPool, PgPoolOptions};
use tokio_postgres::{Client, NoTls, Row, Statement};

const ROUNDS: usize = 15;
const ORDERS: i32 = 200;
const COLUMNS: &str =
    "id, user_id, number, status, total, note, address, paid, created_at, updated_at";

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OrderId(Uuid);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ItemId(Uuid);

#[derive(Table, Debug, Clone)]
#[table(name = users, owner, allow(timestamps))]
pub struct User {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: UserId,
}

#[derive(Table, Debug, Clone, sqlx::FromRow)]
#[table(name = orders, scope = user_id)]
#[table(unique(user_id, id), index(user_id, status, created_at.desc()), allow(timestamps, redundant_index))]
pub struct Order {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: OrderId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    pub number: i32,
    pub status: String,
    pub total: i64,
    pub note: Option<String>,
    pub address: String,
    pub paid: bool,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
    #[column(default = now())]
    pub updated_at: DateTime<Utc>,
}

#[derive(Table, Debug, Clone, sqlx::FromRow)]
#[table(name = items, scope = user_id, allow(timestamps))]
#[table(index(user_id, order_id))]
pub struct Item {
    #[column(primary_key, default = gen_random_uuid())]
    pub id: ItemId,
    #[column(references = User::id, on_delete = cascade)]
    pub user_id: UserId,
    #[column(references = Order::id, on_delete = cascade)]
    pub order_id: OrderId,
    pub name: String,
    pub quantity: i32,
    pub price: i64,
}

schema!(pub BY_PREDICATE = [User, Order, Item], isolation = predicate);
schema!(pub BY_ROW_SECURITY = [User, Order, Item], isolation(role = bench_app, login = bench_login));

#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Get,
    List,
    Page,
    WithItems,
    ManyWithItems,
    Insert,
    InsertMany,
    Update,
    RowSecurity,
}

/// What is measured: its name, and how often it runs in a round.
const WORK: [(Work, &str, u32); 9] = [
    (Work::Get, "get by key", 300),
    (Work::List, "list of 50", 150),
    (Work::Page, "page of 50, by key", 150),
    (Work::WithItems, "order with its items", 200),
    (Work::ManyWithItems, "50 orders with their items", 60),
    (Work::Insert, "insert one", 100),
    (Work::InsertMany, "insert 1,000", 3),
    (Work::Update, "update by key", 100),
    (Work::RowSecurity, "get under row security", 150),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Peer {
    Sqlx,
    Freehold,
    TokioPostgres,
}

const PEERS: [(Peer, &str); 3] = [
    (Peer::Sqlx, "sqlx"),
    (Peer::Freehold, "freehold"),
    (Peer::TokioPostgres, "tokio-postgres"),
];

type Done = Result<usize, Box<dyn Error>>;

/// What the libraries need, connected.
struct Bench {
    _database: Database,
    me: Scope<UserId>,
    held: Scope<UserId>,
    pool: PgPool,
    held_pool: PgPool,
    client: Client,
    held_client: Client,
    prepared: Prepared,
    user: UserId,
    order: OrderId,
    cursor: Option<Cursor>,
    last: (DateTime<Utc>, OrderId),
}

/// The prepared statements for tokio-postgres, which does not prepare statements on its own.
struct Prepared {
    get: Statement,
    list: Statement,
    page: Statement,
    items: Statement,
    items_of_many: Statement,
    insert: Statement,
    insert_many: Statement,
    update: Statement,
    get_held: Statement,
}

const GET: &str = "SELECT id, user_id, number, status, total, note, address, paid, created_at, updated_at FROM orders WHERE user_id = $1 AND id = $2";
const LIST: &str = "SELECT id, user_id, number, status, total, note, address, paid, created_at, updated_at FROM orders WHERE user_id = $1 AND status = $2 ORDER BY created_at DESC LIMIT $3";
const PAGE: &str = "SELECT id, user_id, number, status, total, note, address, paid, created_at, updated_at FROM orders WHERE user_id = $1 AND status = $2 AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5";
const ITEMS: &str = "SELECT id, user_id, order_id, name, quantity, price FROM items WHERE user_id = $1 AND order_id = $2";
const ITEMS_OF_MANY: &str = "SELECT id, user_id, order_id, name, quantity, price FROM items WHERE user_id = $1 AND order_id = ANY($2)";
const INSERT: &str = "INSERT INTO orders (user_id, number, status, total, address, paid) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id, user_id, number, status, total, note, address, paid, created_at, updated_at";
const INSERT_MANY: &str = "INSERT INTO orders (user_id, number, status, total, address, paid) SELECT $1, * FROM UNNEST($2::int[], $3::text[], $4::bigint[], $5::text[], $6::bool[])";
const UPDATE: &str = "UPDATE orders SET note = $1 WHERE user_id = $2 AND id = $3";

impl Bench {
    async fn new() -> Result<Self, Box<dyn Error>> {
        let database = Server::shared().create_database("queries")?;
        let held_url = Db::setup(&BY_ROW_SECURITY, &database.url()).await?;
        let user = UserId::from(Uuid::from_u128(1));
        let connect = |builder: DbBuilder| builder.pool_size(4).connect();
        let by_predicate = Db::builder(&database.url()).schema(&BY_PREDICATE);
        let me = connect(by_predicate).await?.scope(user);
        let held = connect(Db::builder(&held_url).schema(&BY_ROW_SECURITY))
            .await?
            .scope(user);
        fill(&me).await?;
        database.psql("ANALYZE")?;
        let client = client(&database.url()).await?;
        let held_client = self::client(&held_url).await?;
        held_client.batch_execute("SET ROLE bench_app").await?;
        let prepared = Prepared::new(&client, &held_client).await?;
        held_client.batch_execute("RESET ROLE").await?;
        let pool = |url: String| async move {
            PgPoolOptions::new().max_connections(4).connect(&url).await
        };
        let first = page(None).fetch_page(&me).await?;
        let last = first.rows.last().ok_or("no orders")?;
        Ok(Self {
            pool: pool(database.url()).await?,
            held_pool: pool(held_url).await?,
            user,
            order: last.id,
            last: (last.created_at, last.id),
            cursor: first.next,
            me,
            held,
            client,
            held_client,
            prepared,
            _database: database,
        })
    }

    async fn run(&self, work: Work, peer: Peer) -> Done {
        match peer {
            Peer::Freehold => self.freehold(work).await,
            Peer::Sqlx => self.sqlx(work).await,
            Peer::TokioPostgres => self.tokio_postgres(work).await,
        }
    }

    async fn freehold(&self, work: Work) -> Done {
        let me = &self.me;
        Ok(match work {
            Work::Get => Order::get(self.order)
                .fetch_optional(me)
                .await?
                .iter()
                .count(),
            Work::List => list().fetch_all(me).await?.len(),
            Work::Page => page(self.cursor.clone()).fetch_page(me).await?.rows.len(),
            Work::WithItems => {
                let order = Order::get(self.order).with(Item::select(), |item| item.order_id);
                order
                    .fetch_optional(me)
                    .await?
                    .map_or(0, |(_, items)| items.len())
            }
            Work::ManyWithItems => {
                let orders = list().with(Item::select(), |item| item.order_id);
                orders
                    .fetch_all(me)
                    .await?
                    .iter()
                    .map(|(_, items)| items.len())
                    .sum()
            }
            Work::Insert => Order::insert(new_order(0)).fetch_one(me).await.map(|_| 1)?,
            Work::InsertMany => {
                let rows = Order::insert_many((0..1000).map(new_order));
                usize::try_from(rows.execute(me).await?)?
            }
            Work::Update => {
                let update = Order::update(self.order).set(|order| order.note.to("changed"));
                usize::try_from(update.execute(me).await?)?
            }
            Work::RowSecurity => Order::get(self.order)
                .fetch_optional(&self.held)
                .await?
                .iter()
                .count(),
        })
    }

    async fn sqlx(&self, work: Work) -> Done {
        let pool = &self.pool;
        Ok(match work {
            Work::Get => {
                let order = sqlx::query_as::<_, Order>(GET)
                    .bind(self.user)
                    .bind(self.order);
                order.fetch_optional(pool).await?.iter().count()
            }
            Work::List => self.sqlx_list().await?.len(),
            Work::Page => {
                let page = sqlx::query_as::<_, Order>(PAGE)
                    .bind(self.user)
                    .bind("open");
                let page = page.bind(self.last.0).bind(self.last.1).bind(51_i64);
                page.fetch_all(pool).await?.len() - 1
            }
            Work::WithItems => {
                let order = sqlx::query_as::<_, Order>(GET)
                    .bind(self.user)
                    .bind(self.order);
                let _order = order.fetch_optional(pool).await?;
                let items = sqlx::query_as::<_, Item>(ITEMS)
                    .bind(self.user)
                    .bind(self.order);
                items.fetch_all(pool).await?.len()
            }
            Work::ManyWithItems => {
                let orders = self.sqlx_list().await?;
                let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
                let items = sqlx::query_as::<_, Item>(ITEMS_OF_MANY)
                    .bind(self.user)
                    .bind(ids);
                grouped(items.fetch_all(pool).await?)
            }
            Work::Insert => {
                let new = new_order(0);
                let insert = sqlx::query_as::<_, Order>(INSERT)
                    .bind(self.user)
                    .bind(new.number);
                let insert = insert
                    .bind(new.status)
                    .bind(new.total)
                    .bind(new.address)
                    .bind(new.paid);
                insert.fetch_all(pool).await?.len()
            }
            Work::InsertMany => {
                let rows = Unzipped::new();
                let insert = sqlx::query(INSERT_MANY).bind(self.user).bind(rows.numbers);
                let insert = insert.bind(rows.statuses).bind(rows.totals);
                let insert = insert.bind(rows.addresses).bind(rows.paid);
                usize::try_from(insert.execute(pool).await?.rows_affected())?
            }
            Work::Update => {
                let update = sqlx::query(UPDATE)
                    .bind("changed")
                    .bind(self.user)
                    .bind(self.order);
                usize::try_from(update.execute(pool).await?.rows_affected())?
            }
            Work::RowSecurity => {
                let mut transaction = self.held_pool.begin().await?;
                sqlx::raw_sql("SET LOCAL ROLE bench_app; SET LOCAL app.user_id = '00000000-0000-0000-0000-000000000001'")
                    .execute(&mut *transaction)
                    .await?;
                let order = sqlx::query_as::<_, Order>(GET)
                    .bind(self.user)
                    .bind(self.order);
                let order = order.fetch_optional(&mut *transaction).await?;
                transaction.commit().await?;
                order.iter().count()
            }
        })
    }

    async fn sqlx_list(&self) -> sqlx::Result<Vec<Order>> {
        let list = sqlx::query_as::<_, Order>(LIST)
            .bind(self.user)
            .bind("open")
            .bind(50_i64);
        list.fetch_all(&self.pool).await
    }

    async fn tokio_postgres(&self, work: Work) -> Done {
        let (client, prepared) = (&self.client, &self.prepared);
        let (user, order) = (self.user.as_inner(), self.order.as_inner());
        Ok(match work {
            Work::Get => orders(&client.query(&prepared.get, &[user, order]).await?).len(),
            Work::List => self.tokio_postgres_list().await?.len(),
            Work::Page => {
                let after = self.last.1.as_inner();
                let rows = client
                    .query(
                        &prepared.page,
                        &[user, &"open", &self.last.0, after, &51_i64],
                    )
                    .await?;
                orders(&rows).len() - 1
            }
            Work::WithItems => {
                let _order = orders(&client.query(&prepared.get, &[user, order]).await?);
                items(&client.query(&prepared.items, &[user, order]).await?).len()
            }
            Work::ManyWithItems => {
                let orders = self.tokio_postgres_list().await?;
                let ids: Vec<_> = orders.iter().map(|order| *order.id.as_inner()).collect();
                grouped(items(
                    &client.query(&prepared.items_of_many, &[user, &ids]).await?,
                ))
            }
            Work::Insert => {
                let new = new_order(0);
                let rows = client
                    .query(
                        &prepared.insert,
                        &[
                            user,
                            &new.number,
                            &new.status,
                            &new.total,
                            &new.address,
                            &new.paid,
                        ],
                    )
                    .await?;
                orders(&rows).len()
            }
            Work::InsertMany => {
                let rows = Unzipped::new();
                let done = client
                    .execute(
                        &prepared.insert_many,
                        &[
                            user,
                            &rows.numbers,
                            &rows.statuses,
                            &rows.totals,
                            &rows.addresses,
                            &rows.paid,
                        ],
                    )
                    .await?;
                usize::try_from(done)?
            }
            Work::Update => {
                let done = client
                    .execute(&prepared.update, &[&"changed", user, order])
                    .await?;
                usize::try_from(done)?
            }
            Work::RowSecurity => {
                let held = &self.held_client;
                held.batch_execute("BEGIN; SET LOCAL ROLE bench_app; SET LOCAL app.user_id = '00000000-0000-0000-0000-000000000001'")
                    .await?;
                let rows = orders(&held.query(&prepared.get_held, &[user, order]).await?);
                held.batch_execute("COMMIT").await?;
                rows.len()
            }
        })
    }

    async fn tokio_postgres_list(&self) -> Result<Vec<Order>, tokio_postgres::Error> {
        let user = self.user.as_inner();
        let rows = self
            .client
            .query(&self.prepared.list, &[user, &"open", &50_i64])
            .await?;
        Ok(orders(&rows))
    }
}

impl Prepared {
    async fn new(client: &Client, held: &Client) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            get: client.prepare(GET).await?,
            list: client.prepare(LIST).await?,
            page: client.prepare(PAGE).await?,
            items: client.prepare(ITEMS).await?,
            items_of_many: client.prepare(ITEMS_OF_MANY).await?,
            insert: client.prepare(INSERT).await?,
            insert_many: client.prepare(INSERT_MANY).await?,
            update: client.prepare(UPDATE).await?,
            get_held: held.prepare(GET).await?,
        })
    }
}

fn list() -> freehold::query::Select<Order> {
    Order::by_status("open")
        .order_by(|order| order.created_at.desc())
        .limit(50)
}

fn page(after: Option<Cursor>) -> freehold::query::Paged<Order> {
    let orders = Order::by_status("open").order_by(|order| order.created_at.desc());
    orders.page(50).after(after)
}

fn new_order(number: i32) -> NewOrder {
    NewOrder {
        number,
        status: "new".to_owned(),
        total: 12_345,
        address: "Main Street 1, 3000 Bern".to_owned(),
        paid: false,
    }
}

/// The rows of an insert, column by column.
struct Unzipped {
    numbers: Vec<i32>,
    statuses: Vec<String>,
    totals: Vec<i64>,
    addresses: Vec<String>,
    paid: Vec<bool>,
}

impl Unzipped {
    fn new() -> Self {
        let rows: Vec<_> = (0..1000).map(new_order).collect();
        Self {
            numbers: rows.iter().map(|row| row.number).collect(),
            totals: rows.iter().map(|row| row.total).collect(),
            paid: rows.iter().map(|row| row.paid).collect(),
            statuses: rows.iter().map(|row| row.status.clone()).collect(),
            addresses: rows.into_iter().map(|row| row.address).collect(),
        }
    }
}

fn orders(rows: &[Row]) -> Vec<Order> {
    let order = |row: &Row| Order {
        id: row.get::<_, Uuid>(0).into(),
        user_id: row.get::<_, Uuid>(1).into(),
        number: row.get(2),
        status: row.get(3),
        total: row.get(4),
        note: row.get(5),
        address: row.get(6),
        paid: row.get(7),
        created_at: row.get(8),
        updated_at: row.get(9),
    };
    rows.iter().map(order).collect()
}

fn items(rows: &[Row]) -> Vec<Item> {
    let item = |row: &Row| Item {
        id: row.get::<_, Uuid>(0).into(),
        user_id: row.get::<_, Uuid>(1).into(),
        order_id: row.get::<_, Uuid>(2).into(),
        name: row.get(3),
        quantity: row.get(4),
        price: row.get(5),
    };
    rows.iter().map(item).collect()
}

/// Groups the items by their orders, as a caller who loads them needs them.
fn grouped(items: Vec<Item>) -> usize {
    let mut by_order = std::collections::HashMap::<OrderId, Vec<Item>>::new();
    for item in items {
        by_order.entry(item.order_id).or_default().push(item);
    }
    by_order.values().map(Vec::len).sum()
}

async fn fill(me: &Scope<UserId>) -> Result<(), Box<dyn Error>> {
    User::insert(NewUser {}).execute(me).await?;
    let orders = (0..ORDERS).map(|number| {
        let mut order = new_order(number);
        "open".clone_into(&mut order.status);
        let created_at = DateTime::from_timestamp(1_700_000_000 + i64::from(number), 0);
        Order::insert(order).set(|order| order.created_at.to(created_at.unwrap_or_default()))
    });
    for order in Order::insert_many(orders).fetch_all(me).await? {
        let items = (0..5).map(|number| NewItem {
            order_id: order.id,
            name: format!("a thing of some name, number {number}"),
            quantity: number,
            price: 1_999,
        });
        Item::insert_many(items).execute(me).await?;
    }
    Ok(())
}

async fn client(url: &str) -> Result<Client, tokio_postgres::Error> {
    // sqlx's URL may have parameters that tokio-postgres does not know.
    let url = url.split('?').next().unwrap_or(url);
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = std::env::args().collect();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if let Some(at) = arguments.iter().position(|argument| argument == "--one") {
        return runtime.block_on(one(&arguments[at + 1..]));
    }
    if arguments
        .iter()
        .any(|argument| argument == "--instructions")
    {
        return instructions();
    }
    runtime.block_on(times())
}

/// Prints the median time of each library. The rounds of the libraries are interleaved.
async fn times() -> Result<(), Box<dyn Error>> {
    let bench = Bench::new().await?;
    println!("{COLUMNS}: ten columns a row; {ORDERS} orders of five items each\n");
    print!("{:<28}", "median of a run");
    for (_, name) in PEERS {
        print!("{name:>18}");
    }
    println!(
        "{:>18}{:>26}",
        "freehold / sqlx", "freehold / tokio-postgres"
    );
    for (work, name, times) in WORK {
        let medians = medians(&bench, work, times).await?;
        print!("{name:<28}");
        for median in &medians {
            print!("{:>15.1} us", median.as_secs_f64() * 1e6);
        }
        let ratio = |to: usize| medians[1].as_secs_f64() / medians[to].as_secs_f64();
        println!("{:>18.2}{:>26.2}", ratio(0), ratio(2));
        let clean = "DELETE FROM orders WHERE status = 'new'";
        sqlx::raw_sql(clean).execute(&bench.pool).await?;
    }
    Ok(())
}

async fn medians(bench: &Bench, work: Work, times: u32) -> Result<Vec<Duration>, Box<dyn Error>> {
    let mut rounds = vec![Vec::with_capacity(ROUNDS); PEERS.len()];
    for (peer, _) in PEERS {
        let wanted = bench.run(work, Peer::Sqlx).await?;
        let found = bench.run(work, peer).await?;
        assert_eq!(found, wanted, "the libraries' row counts differ");
    }
    for round in 0..ROUNDS {
        for turn in 0..PEERS.len() {
            // Another library begins in each round.
            let at = (turn + round) % PEERS.len();
            let begun = Instant::now();
            for _ in 0..times {
                bench.run(work, PEERS[at].0).await?;
            }
            rounds[at].push(begun.elapsed() / times);
        }
    }
    let median = |mut times: Vec<Duration>| {
        times.sort_unstable();
        times[times.len() / 2]
    };
    Ok(rounds.into_iter().map(median).collect())
}

/// Runs one kind of work with one library, `times` times. Callgrind counts this run.
async fn one(arguments: &[String]) -> Result<(), Box<dyn Error>> {
    let number = |at: usize| -> Result<usize, Box<dyn Error>> {
        Ok(arguments.get(at).ok_or("an argument is missing")?.parse()?)
    };
    let (work, peer, times) = (WORK[number(0)?].0, PEERS[number(1)?].0, number(2)?);
    let bench = Bench::new().await?;
    for _ in 0..times {
        bench.run(work, peer).await?;
    }
    Ok(())
}

/// The instructions of the client for one run: a count with many runs, minus a count with fewer.
fn instructions() -> Result<(), Box<dyn Error>> {
    print!("{:<28}", "instructions of a run");
    for (_, name) in PEERS {
        print!("{name:>18}");
    }
    println!(
        "{:>18}{:>26}",
        "freehold / sqlx", "freehold / tokio-postgres"
    );
    for (at, (_, name, _)) in WORK.iter().enumerate() {
        let mut counts = Vec::with_capacity(PEERS.len());
        for peer in 0..PEERS.len() {
            let (few, many) = (counted(at, peer, 20)?, counted(at, peer, 60)?);
            counts.push((many - few) / 40.0);
        }
        print!("{name:<28}");
        for count in &counts {
            print!("{count:>18.0}");
        }
        println!(
            "{:>18.2}{:>26.2}",
            counts[1] / counts[0],
            counts[1] / counts[2]
        );
    }
    Ok(())
}

fn counted(work: usize, peer: usize, times: usize) -> Result<f64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([
            "--one",
            &work.to_string(),
            &peer.to_string(),
            &times.to_string(),
        ])
        .output()
        .map_err(|error| format!("could not run `valgrind`: {error}; install it"))?;
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let collected = text
        .lines()
        .find_map(|line| line.split("Collected :").nth(1));
    let collected = collected.ok_or_else(|| format!("callgrind printed no count:\n{text}"))?;
    Ok(collected.trim().parse()?)
}
