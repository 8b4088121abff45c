//! Values at the limits of what PostgreSQL holds, for each type: they are read exactly, or the error names the column.
//! Nothing panics.

use std::borrow::Cow;
use std::error::Error as _;
use std::fmt::Debug;
use std::net::IpAddr;

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use freehold::{ColumnValue, Error};
use freehold_test_support::{Database, Server};
use futures_util::future::LocalBoxFuture;
use sqlx::postgres::types::PgInterval;
use sqlx::types::ipnetwork::IpNetwork;

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct EdgeId(i64);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment(DateTime<Utc>);

#[derive(Domain, Clone, Copy, Debug, PartialEq, Eq)]
#[domain(name = edge_day)]
pub struct Day(NaiveDate);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = edges, shared, allow(timestamps, uuid_key))]
pub struct Edge {
    #[column(primary_key)]
    pub id: EdgeId,
    pub at: Option<DateTime<Utc>>,
    pub local: Option<NaiveDateTime>,
    pub day: Option<NaiveDate>,
    pub time: Option<NaiveTime>,
    pub price: Option<Decimal>,
    pub took: Option<TimeDelta>,
    pub domain: Option<Day>,
    pub key: Option<Moment>,
    pub days: Option<Vec<NaiveDate>>,
}

schema!(pub EDGES = [Edge], isolation = predicate);

async fn edges() -> Result<(Database, Db), Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("edges")?;
    let url = Db::setup(&EDGES, &database.url()).await?;
    let db = Db::builder(&url).schema(&EDGES).connect().await?;
    Ok((database, db))
}

/// Evaluates the SQL expression and reads it as a `V`.
async fn read<V: ColumnValue>(by: &Unscoped, sql: &str) -> Result<V, Error> {
    let text = format!("SELECT {sql} AS edge");
    let row = by.sql(&text).fetch_optional::<(V,)>().await?;
    row.map(|(value,)| value)
        .ok_or(Error::NotFound { table: "" })
}

/// Asserts that the value is read exactly, and equals the original when it is sent back. The future is boxed, since all
/// of them together would not fit on the stack.
fn is_exact<'a, V>(by: &'a Unscoped, sql: &'a str, expected: V) -> LocalBoxFuture<'a, TestResult>
where
    V: ColumnValue + Debug,
{
    Box::pin(async move {
        let name = std::any::type_name::<V>();
        let value: V = read(by, sql)
            .await
            .map_err(|error| format!("{name}: {sql}: {error:?}"))?;
        // `NaN` does not equal itself, but its `Debug` output does.
        assert_eq!(
            format!("{value:?}"),
            format!("{expected:?}"),
            "{name}: {sql}"
        );
        let text = format!("SELECT $1 IS NOT DISTINCT FROM {sql}");
        let back = by.sql(&text).bind(value).fetch_all::<(bool,)>().await?;
        assert_eq!(back, [(true,)], "{name}: {sql} comes back as another value");
        Ok(())
    })
}

/// Asserts that the type cannot hold the value, and that the error names the column.
fn is_refused<'a, V: ColumnValue + Debug>(
    by: &'a Unscoped,
    sql: &'a str,
) -> LocalBoxFuture<'a, TestResult> {
    Box::pin(async move {
        let name = std::any::type_name::<V>();
        match read::<V>(by, sql).await {
            Err(Error::Read(error)) if error.to_string().contains("`edge`") => Ok(()),
            other => Err(format!("{name}: {sql} gives {other:?}").into()),
        }
    })
}

/// Values of a type: plain, as an `Option` and, if the list requests it, as an element of an array.
macro_rules! edges {
    ($by:ident, $value:ty, [$($sql:expr => $expected:expr),* $(,)?], refused [$($refused:expr),* $(,)?] $(, $in:ident)?) => {
        $(
            is_exact::<$value>($by, $sql, $expected).await?;
            is_exact::<Option<$value>>($by, $sql, Some($expected)).await?;
        )*
        $(
            is_refused::<$value>($by, $refused).await?;
            is_refused::<Option<$value>>($by, $refused).await?;
        )*
        is_refused::<$value>($by, "NULL").await?;
        edges!(@in $($in)? $by, $value, [$($sql => $expected),*], [$($refused),*]);
    };
    (@in arrays $by:ident, $value:ty, [$($sql:expr => $expected:expr),*], [$($refused:expr),*]) => {
        $(
            let array = format!("ARRAY[{0}, {0}]", $sql);
            is_exact::<Vec<$value>>($by, &array, vec![$expected, $expected]).await?;
        )*
        $(
            let array = format!("ARRAY[{}]", $refused);
            is_refused::<Vec<$value>>($by, &array).await?;
            is_refused::<Option<Vec<$value>>>($by, &array).await?;
        )*
    };
    (@in $by:ident, $value:ty, [$($sql:expr => $expected:expr),*], [$($refused:expr),*]) => {};
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn local(text: &str) -> NaiveDateTime {
    text.parse().unwrap_or_default()
}

fn utc(text: &str) -> DateTime<Utc> {
    local(text).and_utc()
}

#[tokio::test]
async fn numbers_and_texts_are_exact_or_errors_at_their_limits() -> TestResult {
    let (_database, db) = edges().await?;
    let by = &db.unscoped("edges");
    edges!(by, bool, ["true" => true, "false" => false], refused [], arrays);
    edges!(by, i16, ["(-32768)::int2" => i16::MIN, "32767::int2" => i16::MAX], refused [], arrays);
    edges!(by, i32, ["(-2147483648)::int4" => i32::MIN, "2147483647" => i32::MAX], refused [], arrays);
    edges!(by, i64, ["'-9223372036854775808'::int8" => i64::MIN, "9223372036854775807" => i64::MAX], refused [], arrays);
    edges!(by, EdgeId, ["9223372036854775807" => EdgeId(i64::MAX)], refused [], arrays);
    edges!(
        by, f32,
        [
            "'NaN'::float4" => f32::NAN, "'Infinity'::float4" => f32::INFINITY, "'-Infinity'::float4" => f32::NEG_INFINITY,
            "'-0'::float4" => -0.0, "'3.4028235e38'::float4" => f32::MAX, "'1e-45'::float4" => 1e-45,
        ],
        refused [], arrays
    );
    edges!(
        by, f64,
        [
            "'NaN'::float8" => f64::NAN, "'Infinity'::float8" => f64::INFINITY, "'-Infinity'::float8" => f64::NEG_INFINITY,
            "'-0'::float8" => -0.0, "'1.7976931348623157e308'::float8" => f64::MAX, "'5e-324'::float8" => 5e-324,
        ],
        refused [], arrays
    );
    edges!(
        by, Decimal,
        [
            "0::numeric" => Decimal::ZERO,
            "0.00::numeric(5,2)" => Decimal::new(0, 2),
            "79228162514264337593543950335" => Decimal::MAX,
            "-79228162514264337593543950335" => Decimal::MIN,
            "1e-28::numeric" => Decimal::from_i128_with_scale(1, 28),
            "7.9228162514264337593543950335" => Decimal::from_i128_with_scale(Decimal::MAX.mantissa(), 28),
            "1.50::numeric" => Decimal::new(150, 2),
            "10000::numeric" => Decimal::new(10_000, 0),
            "0.00001::numeric" => Decimal::new(1, 5),
        ],
        refused [
            "'NaN'::numeric", "'Infinity'::numeric", "'-Infinity'::numeric",
            "79228162514264337593543950336", "1e29::numeric", "1e100::numeric", "1e131071::numeric",
            "1e-29::numeric", "1e-16383::numeric", "1.00000000000000000000000000001", "-1e-29::numeric",
            "79228162514264337593543950335.5",
        ],
        arrays
    );
    let long = Decimal::from_i128_with_scale(15, 1);
    let read_long: Decimal = read(by, "1.5::numeric(60,40)").await?;
    assert_eq!(
        read_long, long,
        "zeros behind the point that have no room are no digits"
    );
    edges!(by, String, ["''::text" => String::new(), "'NULL'::text" => "NULL".to_owned(), "'\u{10ffff}'::text" => "\u{10ffff}".to_owned()], refused [], arrays);
    edges!(by, Box<str>, ["''::text" => "".into()], refused [], arrays);
    edges!(by, Cow<'static, str>, ["''::text" => "".into()], refused []);
    edges!(by, Vec<u8>, ["''::bytea" => Vec::new(), r"'\x00ff'::bytea" => vec![0, 255]], refused [], arrays);
    edges!(by, Uuid, ["'00000000-0000-0000-0000-000000000000'::uuid" => Uuid::nil(), "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid" => Uuid::max()], refused [], arrays);
    edges!(by, TsVector, ["''::tsvector::text" => TsVector(String::new())], refused []);
    edges!(by, Side, ["'left'::text" => Side::Left], refused ["'up'::text"], arrays);
    edges!(
        by, IpAddr,
        ["'0.0.0.0'::inet" => IpAddr::from([0, 0, 0, 0]), "'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'::inet" => IpAddr::from([0xffff_u16; 8])],
        refused ["'10.0.0.0/8'::inet"], arrays
    );
    edges!(
        by, IpNetwork,
        ["'0.0.0.0/0'::inet" => "0.0.0.0/0".parse()?, "'10.1.2.3/8'::inet" => "10.1.2.3/8".parse()?],
        refused [], arrays
    );
    edges!(by, Value, ["'null'::jsonb" => Value::Null, "'{}'::jsonb" => serde_json::json!({})], refused [], arrays);
    edges!(by, Json<Vec<i32>>, ["'[]'::jsonb" => Json(Vec::new())], refused ["'{}'::jsonb", "'[2147483648]'::jsonb"]);
    Ok(())
}

const TIMESTAMPS: [&str; 5] = [
    "'infinity'",
    "'-infinity'",
    "'294276-12-31 23:59:59.999999'",
    "'290000-01-01'",
    "'262143-01-01'",
];

#[tokio::test]
async fn times_of_chrono_are_exact_or_errors_at_their_limits() -> TestResult {
    use sqlx::types::chrono::{FixedOffset, Local};
    let (_database, db) = edges().await?;
    let by = &db.unscoped("edges");
    let with = |zone: &'static str| TIMESTAMPS.map(|text| format!("{text}::{zone}"));
    let [ever, never, utmost, remote, near] = with("timestamptz");
    let [ever, never, utmost, remote, near] = [&*ever, &*never, &*utmost, &*remote, &*near];
    edges!(
        by, DateTime<Utc>,
        [
            "'4714-11-24 00:00:00+00 BC'::timestamptz" => day(-4713, 11, 24).and_time(NaiveTime::MIN).and_utc(),
            "'1969-12-31 23:59:59.999999+00'::timestamptz" => utc("1969-12-31T23:59:59.999999"),
            "'262142-12-31 23:59:59.999999+00'::timestamptz" => day(262_142, 12, 31).and_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default().and_utc(),
        ],
        refused [ever, never, utmost, remote, near], arrays
    );
    edges!(by, DateTime<Local>, ["'epoch'::timestamptz" => DateTime::UNIX_EPOCH.with_timezone(&Local)], refused [ever, never, utmost, remote, near], arrays);
    edges!(by, DateTime<FixedOffset>, ["'epoch'::timestamptz" => DateTime::UNIX_EPOCH.fixed_offset()], refused [ever, never, utmost, remote, near], arrays);
    edges!(by, Moment, ["'epoch'::timestamptz" => Moment(DateTime::UNIX_EPOCH)], refused [ever, never, utmost, remote, near], arrays);
    let [ever, never, utmost, remote, near] = with("timestamp");
    edges!(
        by, NaiveDateTime,
        [
            "'4714-11-24 00:00:00 BC'::timestamp" => day(-4713, 11, 24).and_time(NaiveTime::MIN),
            "'262142-12-31 23:59:59.999999'::timestamp" => day(262_142, 12, 31).and_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default(),
        ],
        refused [&*ever, &*never, &*utmost, &*remote, &*near], arrays
    );
    let days = [
        "'infinity'::date",
        "'-infinity'::date",
        "'5874897-12-31'::date",
        "'262143-01-01'::date",
    ];
    let [ever, never, utmost, remote] = days;
    edges!(
        by, NaiveDate,
        ["'4714-11-24 BC'::date" => day(-4713, 11, 24), "'262142-12-31'::date" => NaiveDate::MAX],
        refused [ever, never, utmost, remote], arrays
    );
    edges!(by, Day, ["'2000-01-01'::date" => Day(day(2000, 1, 1))], refused [ever, never, utmost, remote], arrays);
    edges!(
        by, NaiveTime,
        ["'00:00'::time" => NaiveTime::MIN, "'23:59:59.999999'::time" => NaiveTime::from_hms_micro_opt(23, 59, 59, 999_999).unwrap_or_default()],
        refused ["'24:00:00'::time"], arrays
    );
    edges!(
        by, TimeDelta,
        [
            "'0'::interval" => TimeDelta::zero(),
            "'9223372036854775807 microseconds'::interval" => TimeDelta::microseconds(i64::MAX),
            "'-9223372036854775807 microseconds'::interval" => TimeDelta::microseconds(-i64::MAX),
        ],
        refused ["'1 month'::interval", "'2147483647 days'::interval"], arrays
    );
    edges!(
        by, PgInterval,
        [
            "'-1 month 2 days'::interval" => PgInterval { months: -1, days: 2, microseconds: 0 },
            "'178956970 years 7 months'::interval" => PgInterval { months: i32::MAX, days: 0, microseconds: 0 },
            "'2147483647 days'::interval" => PgInterval { months: 0, days: i32::MAX, microseconds: 0 },
        ],
        refused [], arrays
    );
    Ok(())
}

#[cfg(feature = "time")]
#[tokio::test]
async fn times_of_the_crate_time_are_exact_or_errors_at_their_limits() -> TestResult {
    use sqlx::types::time::{Date, OffsetDateTime, PrimitiveDateTime, Time};
    let (_database, db) = edges().await?;
    let by = &db.unscoped("edges");
    let last = Time::from_hms_micro(23, 59, 59, 999_999)?;
    let first = PrimitiveDateTime::new(Date::from_julian_day(0)?, Time::MIDNIGHT);
    let far = PrimitiveDateTime::new(Date::MAX, last);
    let [ever, never, utmost, remote, near] = TIMESTAMPS.map(|text| format!("{text}::timestamptz"));
    edges!(
        by, OffsetDateTime,
        [
            "'4714-11-24 00:00:00+00 BC'::timestamptz" => first.assume_utc(),
            "'9999-12-31 23:59:59.999999+00'::timestamptz" => far.assume_utc(),
        ],
        refused [&*ever, &*never, &*utmost, &*remote, &*near, "'10000-01-01 00:00:00+00'::timestamptz"], arrays
    );
    let [ever, never, utmost, remote, near] = TIMESTAMPS.map(|text| format!("{text}::timestamp"));
    edges!(
        by, PrimitiveDateTime,
        ["'4714-11-24 00:00:00 BC'::timestamp" => first, "'9999-12-31 23:59:59.999999'::timestamp" => far],
        refused [&*ever, &*never, &*utmost, &*remote, &*near, "'10000-01-01'::timestamp"], arrays
    );
    edges!(
        by, Date,
        ["'4714-11-24 BC'::date" => Date::from_julian_day(0)?, "'9999-12-31'::date" => Date::MAX],
        refused ["'infinity'::date", "'-infinity'::date", "'10000-01-01'::date", "'5874897-12-31'::date"], arrays
    );
    edges!(by, Time, ["'00:00'::time" => Time::MIDNIGHT, "'23:59:59.999999'::time" => last], refused ["'24:00:00'::time"], arrays);
    edges!(
        by, PrimitiveDateTime,
        ["'1999-12-31 23:59:59.999999'::timestamp" => PrimitiveDateTime::new(Date::from_julian_day(2_451_544)?, last)],
        refused [], arrays
    );
    Ok(())
}

/// PostgreSQL gets the exact value, or nothing is sent and the error names the column.
#[tokio::test]
async fn a_value_that_postgresql_cannot_hold_is_not_sent() -> TestResult {
    let (_database, db) = edges().await?;
    let c = Edge::COLUMNS;
    let leap = NaiveTime::from_hms_nano_opt(23, 59, 59, 1_000_000_000).ok_or("no time")?;
    let leap_day = day(2016, 12, 31).and_time(leap);
    for (column, condition) in [
        ("time", c.time.eq(leap)),
        ("local", c.local.eq(leap_day)),
        ("at", c.at.lt(leap_day.and_utc())),
        ("key", c.key.is_in([Moment(leap_day.and_utc())])),
        ("day", c.day.ne(NaiveDate::MIN)),
        (
            "domain",
            c.domain.between(Day(day(2000, 1, 1)), Day(NaiveDate::MIN)),
        ),
        ("days", c.days.contains(vec![NaiveDate::MIN])),
        ("local", c.local.gt(NaiveDateTime::MIN)),
        ("at", c.at.ge(DateTime::<Utc>::MIN_UTC)),
        ("took", c.took.eq(TimeDelta::MAX)),
    ] {
        let refused = Edge::select().filter(|_| condition).count(&db).await;
        let Err(Error::Encode(error)) = &refused else {
            return Err(format!("{column}: {refused:?}").into());
        };
        assert_eq!(error.column(), Some(column));
        assert!(
            error.to_string().contains(&format!("`{column}`")),
            "{error}"
        );
        assert!(error.source().is_some(), "{column}");
    }
    let admin = db.unscoped("edges");
    let inserted = Edge::insert(NewEdge { id: 1.into() }).set(|edge| edge.time.to(leap));
    let many = [1, 2]
        .map(|id| Edge::insert(NewEdge { id: id.into() }).set(|edge| edge.day.to(NaiveDate::MIN)));
    for (column, refused) in [
        ("time", inserted.execute(&admin).await.map(drop)),
        (
            "day",
            Edge::insert_many(many).execute(&admin).await.map(drop),
        ),
        (
            "time",
            Edge::update(1.into())
                .set(|edge| edge.time.to(leap))
                .execute(&admin)
                .await
                .map(drop),
        ),
    ] {
        assert!(
            matches!(&refused, Err(Error::Encode(error)) if error.column() == Some(column)),
            "{column}: {refused:?}"
        );
    }
    Ok(())
}

/// `docs/queries.md`: Freehold cuts off what is finer than a microsecond.
#[tokio::test]
async fn fractions_of_a_microsecond_are_cut_off() -> TestResult {
    let (_database, db) = edges().await?;
    let by = &db.unscoped("edges");
    let sent = |text: &str| local(text);
    for (time, stored) in [
        (
            "2026-01-02T03:04:05.123456999",
            "2026-01-02 03:04:05.123456",
        ),
        (
            "1999-12-31T23:59:59.999999999",
            "1999-12-31 23:59:59.999999",
        ),
        ("1950-01-01T00:00:00.000000001", "1950-01-01 00:00:00"),
    ] {
        let row = by
            .sql("SELECT $1::text, $2::text, $3::text")
            .bind(sent(time))
            .bind(sent(time).time())
            .bind(utc(time));
        let rows = row.fetch_all::<(String, String, String)>().await?;
        assert_eq!(rows[0].0, stored);
        assert_eq!(rows[0].1, stored[11..]);
        assert!(rows[0].2.starts_with(stored), "{} of {time}", rows[0].2);
    }
    for (nanoseconds, microseconds) in [(1_999, 1), (-1_999, -1), (999, 0)] {
        let row = by
            .sql("SELECT $1")
            .bind(TimeDelta::nanoseconds(nanoseconds));
        assert_eq!(
            row.fetch_all::<(TimeDelta,)>().await?,
            [(TimeDelta::microseconds(microseconds),)]
        );
    }
    Ok(())
}

/// The same values in the columns of a table, read as rows, columns, pages and aggregates.
#[tokio::test]
async fn a_row_that_its_struct_cannot_hold_is_an_error_with_the_column() -> TestResult {
    let (database, db) = edges().await?;
    for (column, value) in [
        ("at", "'infinity'"),
        ("at", "'-infinity'"),
        ("local", "'infinity'"),
        ("day", "'-infinity'"),
        ("time", "'24:00'"),
        ("price", "'NaN'"),
        ("price", "1e-29"),
        ("took", "'1 month'"),
        ("domain", "'infinity'"),
        ("key", "'294276-12-31'"),
        ("days", "'{2000-01-01,infinity}'"),
    ] {
        database.psql(&format!(
            "TRUNCATE edges; INSERT INTO edges (id, {column}) VALUES (1, {value}), (2, NULL)"
        ))?;
        let named = |read: Result<(), Error>, how: &str| match read {
            Err(Error::Read(error)) if error.to_string().contains(&format!("`{column}`")) => Ok(()),
            other => Err(format!("{column} = {value}, {how}: {other:?}")),
        };
        named(Edge::select().fetch_all(&db).await.map(drop), "rows")?;
        named(
            Edge::get(1.into()).fetch_optional(&db).await.map(drop),
            "a row",
        )?;
        named(
            Edge::select().page(1).fetch_page(&db).await.map(drop),
            "a page",
        )?;
        assert_eq!(
            Edge::select()
                .filter(|edge| edge.id.gt(EdgeId(1)))
                .fetch_all(&db)
                .await?
                .len(),
            1
        );
    }
    database.psql("TRUNCATE edges; INSERT INTO edges (id, at, day, time, price) VALUES (1, 'infinity', '-infinity', '24:00', 'NaN')")?;
    let is_read =
        |read: Result<(), Error>| assert!(matches!(read, Err(Error::Read(_))), "{read:?}");
    is_read(Edge::select().max(&db, |edge| edge.at).await.map(drop));
    is_read(Edge::select().min(&db, |edge| edge.day).await.map(drop));
    is_read(Edge::select().max(&db, |edge| edge.time).await.map(drop));
    is_read(Edge::select().sum(&db, |edge| edge.price).await.map(drop));
    is_read(
        Edge::select()
            .columns(|edge| edge.at)
            .fetch_all(&db)
            .await
            .map(drop),
    );
    Ok(())
}
