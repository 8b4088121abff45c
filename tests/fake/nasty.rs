//! Types, names, keys and checks that are harder than those of the six schemas.

use std::net::IpAddr;

use freehold::Postgres;
use freehold::fake::Fakes;
use freehold::prelude::*;
use freehold::reexport::chrono::{NaiveTime, TimeDelta};
use freehold::reexport::serde_json;
use freehold_test_support::{Database, Server};
use sqlx::{Connection as _, PgConnection};

use crate::TestResult;
use crate::runs::filled;

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = "Mood")]
pub enum Mood {
    Fine,
    Bad,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Small,
    Medium,
    Large,
}

#[derive(Domain)]
#[domain(name = "Email", varchar(30), check(value.matches("@")), check(not_short: length(value) > 3))]
pub struct Email(String);

#[derive(Domain)]
#[domain(name = amount, check(value > 0), check(value < 50))]
pub struct Amount(i64);

/// The owners have counted keys.
#[derive(Table)]
#[table(name = "My People", owner, allow(timestamps, uuid_key))]
#[table(index(lower(code), unique))]
pub struct Person {
    #[column(primary_key, identity)]
    pub id: i64,
    #[column(name = "Full Name", varchar(12))]
    pub name: String,
    #[column(check(code.matches("^[A-Z]{2}[0-9]{3}$")))]
    pub code: String,
    #[column(unique)]
    pub nick: Option<String>,
    #[column(unique, char(3))]
    pub initials: String,
}

/// A tree of each owner. At most one row of an owner is the main one.
#[derive(Table)]
#[table(name = "order", scope = user, allow(timestamps, uuid_key), primary_key(user, id))]
#[table(unique(user, name = one_main, where = main == true), index(user, parent_id))]
pub struct Order {
    #[column(references = Person::id, on_delete = cascade)]
    pub user: i64,
    pub id: i32,
    #[column(references = Self::id, on_delete = cascade)]
    pub parent_id: Option<i32>,
    pub main: bool,
    pub group: String,
    #[column(name = "table")]
    pub from: Option<String>,
}

#[derive(Table)]
#[table(name = types, shared, allow(timestamps))]
#[table(check(ends >= starts), check(low < high))]
#[table(check(together: discount.is_null() == discount_reason.is_null()))]
#[table(check(one_way: email.is_not_null() || phone.is_not_null()))]
#[table(check(sum: cents == cents_net + cents_tax))]
#[table(check(soon: done_at.is_null() || done_at >= started_at))]
#[table(check(grade.is_in("a", "b", "c")), check(!(grade == "a" && small > 10)))]
#[table(check(slug.matches("^[a-z0-9]+(-[a-z0-9]+)*$")), check(length(trim(title)) > 0), check(length(pin) == 4))]
#[table(check(cardinality(tags) > 0))]
#[table(check_sql(raw: "given_twice IS NULL OR given_twice BETWEEN 300 AND 310 AND length(title) < 40"))]
#[table(check_sql(odd: "small % 2 = 1 OR small >= 0"))]
pub struct Types {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(numeric(10, 2), check(price.between(0.5, 99.99)))]
    pub price: Decimal,
    #[column(numeric(3, 3))]
    pub ratio: Decimal,
    #[column(check(small.between(-5, 20)))]
    pub small: i16,
    pub float: f64,
    pub single: f32,
    pub starts: NaiveDate,
    pub ends: NaiveDate,
    pub low: i32,
    pub high: i32,
    pub discount: Option<i32>,
    pub discount_reason: Option<String>,
    pub email: Option<Email>,
    pub phone: Option<String>,
    pub cents_net: i64,
    pub cents_tax: i64,
    pub cents: i64,
    pub started_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub at: NaiveTime,
    pub span: TimeDelta,
    #[column(varchar(1))]
    pub grade: String,
    pub slug: String,
    pub title: String,
    #[column(varchar(10))]
    pub pin: String,
    pub tags: Vec<String>,
    pub sizes: Vec<Size>,
    pub moods: Vec<Mood>,
    pub emails: Vec<Email>,
    pub amounts: Option<Vec<i32>>,
    pub blobs: Vec<Vec<u8>>,
    pub mood: Mood,
    pub amount: Amount,
    #[column(unique)]
    pub address: IpAddr,
    #[column(unique)]
    pub raw: Vec<u8>,
    #[column(unique)]
    pub document: serde_json::Value,
    #[column(json)]
    pub plain: serde_json::Value,
    #[column(sql_type = "point")]
    pub place: Option<String>,
    #[column(unique)]
    pub day: NaiveDate,
    #[column(generated = cents_net * 2)]
    pub doubled: i64,
    #[column(serial)]
    pub counted: i32,
    #[column(default = 7)]
    pub given: i32,
    pub given_twice: Option<i32>,
}

#[derive(Table)]
#[table(name = hens, shared, allow(timestamps))]
pub struct Hen {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Egg::id, on_delete = set_null)]
    pub egg_id: Option<Uuid>,
}

#[derive(Table)]
#[table(name = eggs, shared, allow(timestamps))]
pub struct Egg {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Hen::id, on_delete = cascade)]
    pub hen_id: Uuid,
}

#[derive(Table)]
#[table(name = locks, shared, allow(timestamps))]
pub struct Lock {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Latch::id, on_delete = cascade, deferrable = initially_deferred)]
    pub latch_id: Uuid,
}

#[derive(Table)]
#[table(name = latches, shared, allow(timestamps))]
pub struct Latch {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Lock::id, on_delete = cascade)]
    pub lock_id: Uuid,
}

schema!(
    pub NASTY = [Person, Order, Types, Hen, Egg, Lock, Latch],
    isolation(role = nasty_app, owner = nasty_owner, login = nasty_login, admin = nasty_admin)
);

fn holds(database: &Database, condition: &str) -> TestResult {
    assert_eq!(
        database.psql(&format!("SELECT {condition}"))?,
        "t",
        "{condition}"
    );
    Ok(())
}

#[tokio::test]
async fn hard_types_names_and_keys_are_filled() -> TestResult {
    let fakes = Fakes::new(&NASTY).rows(600).owners(20).seed(3);
    let fakes = fakes.column("types", "given", |mut row| {
        (row.below(5) + row.row()).into()
    });
    let (database, _) = filled("nasty", &fakes, &NASTY).await?;
    for condition in [
        // A tree: roots, and no row above itself.
        "(SELECT count(*) FROM \"order\" WHERE parent_id IS NULL) BETWEEN 20 AND 300",
        "(WITH RECURSIVE up(\"user\", id, depth) AS (
            SELECT \"user\", id, 0 FROM \"order\" WHERE parent_id IS NULL
            UNION ALL SELECT o.\"user\", o.id, depth + 1 FROM \"order\" AS o JOIN up ON o.\"user\" = up.\"user\" AND o.parent_id = up.id
          ) SELECT count(*) = 600 AND max(depth) > 1 FROM up)",
        "(SELECT count(*) > 3 FROM \"order\" WHERE main)",
        "(SELECT count(*) > 0 AND count(*) < 600 FROM types WHERE discount IS NULL)",
        "(SELECT count(*) > 500 FROM hens WHERE egg_id IS NOT NULL) IS NOT NULL",
        "(SELECT count(egg_id) > 400 FROM hens)",
        "(SELECT bool_and(place IS NULL) FROM types)",
        "(SELECT bool_and(length(e) > 3) FROM types, unnest(emails) AS e)",
        "(SELECT count(DISTINCT given) > 300 FROM types)",
        "(SELECT min(length(pin)) = 4 FROM types)",
    ] {
        holds(&database, condition)?;
    }
    Ok(())
}

#[tokio::test]
async fn sequences_continue_behind_the_rows() -> TestResult {
    let fakes = Fakes::new(&NASTY).rows(30).owners(12);
    let (database, _) = filled("sequences", &fakes, &NASTY).await?;
    let person = "INSERT INTO \"My People\" (\"Full Name\", code, initials) VALUES ('x', 'ZZ999', '~~~') RETURNING id";
    assert!(database.psql(person)?.starts_with("13"));
    assert_eq!(database.psql("SELECT nextval('types_counted_seq')")?, "31");
    Ok(())
}

#[tokio::test]
async fn no_rows_are_no_error() -> TestResult {
    let (database, report) = filled("empty", &Fakes::new(&NASTY).rows(0).owners(0), &NASTY).await?;
    assert_eq!(report.rows(), 0);
    holds(&database, "(SELECT count(*) = 0 FROM \"My People\")")
}

#[tokio::test]
async fn skewed_owners_have_different_numbers_of_rows() -> TestResult {
    let fakes = Fakes::new(&NASTY).rows(400).owners(10).skewed();
    let (database, _) = filled("skewed", &fakes, &NASTY).await?;
    holds(
        &database,
        "(SELECT max(n) > 5 * min(n) FROM (SELECT count(*) AS n FROM \"order\" GROUP BY \"user\") AS counts)",
    )
}

/// Its partitions are created at run time.
#[derive(Table)]
#[table(name = events, shared, allow(timestamps), primary_key(id, created_at))]
#[table(partition_by = range(created_at), monthly_partitions)]
pub struct Event {
    pub id: Uuid,
    #[column(created_at)]
    pub created_at: DateTime<Utc>,
}

#[derive(Table)]
#[table(name = regions, shared, allow(timestamps), primary_key(id, region))]
#[table(partition_by = list(region), partition(name = regions_eu, in("eu", "uk")), partition(name = regions_us, in("us")))]
pub struct Region {
    pub id: Uuid,
    pub region: String,
}

schema!(pub EVENTS = [Event, Region], isolation = predicate);

#[tokio::test]
async fn rows_are_in_partitions_of_lists_and_of_months_that_exist() -> TestResult {
    let database = Server::shared().create_database("events")?;
    database.psql(&EVENTS.schema()?.up(&Postgres))?;
    for (month, next) in [("2025-03", "2025-04"), ("2025-07", "2025-08")] {
        let name = month.replace('-', "_");
        database.psql(&format!(
            "CREATE TABLE events_{name} PARTITION OF events FOR VALUES FROM ('{month}-01 00:00+00') TO ('{next}-01 00:00+00')"
        ))?;
    }
    let mut connection = PgConnection::connect(&database.url()).await?;
    Fakes::new(&EVENTS).fill(&mut connection, &mut ()).await?;
    holds(
        &database,
        "(SELECT count(*) > 20 FROM events_2025_03) AND (SELECT count(*) > 20 FROM events_2025_07)",
    )?;
    holds(
        &database,
        "(SELECT count(*) > 10 FROM regions_us) AND (SELECT count(*) > 10 FROM regions_eu)",
    )
}
