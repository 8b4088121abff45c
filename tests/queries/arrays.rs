//! Arrays of every element type, with every operator that takes arrays.

use std::error::Error;

use freehold::prelude::*;
use freehold::query::Condition;
use freehold::reexport::serde_json::Value;
use freehold_test_support::{Database, Server};
use sqlx::types::ipnetwork::IpNetwork;
use std::net::IpAddr;

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListId(i32);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, schema = apart, name = "Rank")]
pub enum Rank {
    Low,
    High,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flag {
    Off,
    On,
}

#[derive(Domain, Clone, Debug, PartialEq, Eq)]
#[domain(name = tiny, varchar(3), check(value != ""))]
pub struct Tiny(String);

#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = lists, shared, allow(timestamps, uuid_key), index(texts))]
pub struct Lists {
    #[column(primary_key)]
    pub id: ListId,
    pub booleans: Vec<bool>,
    pub smalls: Vec<i16>,
    pub ints: Vec<i32>,
    pub bigs: Vec<i64>,
    pub keys: Vec<ListId>,
    pub reals: Vec<f32>,
    pub doubles: Vec<f64>,
    #[column(array(numeric(10, 2)))]
    pub numerics: Vec<Decimal>,
    pub texts: Vec<String>,
    #[column(array(varchar(3)))]
    pub varchars: Vec<String>,
    #[column(array(char(3)))]
    pub chars: Vec<String>,
    #[column(array(citext))]
    pub citexts: Vec<String>,
    pub boxes: Vec<Box<str>>,
    pub byteas: Vec<Vec<u8>>,
    pub uuids: Vec<Uuid>,
    pub dates: Vec<NaiveDate>,
    pub times: Vec<NaiveTime>,
    pub locals: Vec<NaiveDateTime>,
    pub instants: Vec<DateTime<Utc>>,
    pub deltas: Vec<TimeDelta>,
    pub addresses: Vec<IpAddr>,
    pub networks: Vec<IpNetwork>,
    #[column(array(cidr))]
    pub cidrs: Vec<IpNetwork>,
    pub documents: Vec<Value>,
    pub flags: Vec<Flag>,
    #[column(array(varchar(3)))]
    pub short_flags: Vec<Flag>,
    pub ranks: Vec<Rank>,
    pub tinies: Vec<Tiny>,
    #[column(sql_type = "varchar(3)[]")]
    pub written: Vec<String>,
    pub maybe: Option<Vec<i32>>,
}

schema!(pub LISTS = [Lists], isolation = predicate, extension(citext));

/// The lists of row 1 are `[a]`, those of row 2 `[b]`, where `a < b`.
macro_rules! lists {
    ($($column:ident: $a:expr, $b:expr;)*) => {
        fn lists(id: i32) -> Result<NewLists, Box<dyn Error>> {
            let is_first = id == 1;
            Ok(NewLists {
                id: id.into(),
                $($column: if is_first { vec![$a] } else { vec![$b] }),*
            })
        }

        /// The conditions on each column, and which of the rows 1 and 2 they find.
        fn conditions() -> Result<Vec<(String, Condition, &'static [i32])>, Box<dyn Error>> {
            let c = Lists::COLUMNS;
            let mut all: Vec<(String, Condition, &'static [i32])> = Vec::new();
            $(
                let column = c.$column;
                let (a, b) = (|| -> Result<_, Box<dyn Error>> { Ok(vec![$a]) }, || -> Result<_, Box<dyn Error>> { Ok(vec![$b]) });
                let both = [a()?, b()?].concat();
                let mut add = |operator: &str, condition: Condition, rows: &'static [i32]| {
                    all.push((format!("{} {operator}", stringify!($column)), condition, rows));
                };
                add("eq", column.eq(a()?), &[1]);
                add("ne", column.ne(a()?), &[2]);
                add("lt", column.lt(b()?), &[1]);
                add("le", column.le(a()?), &[1]);
                add("gt", column.gt(a()?), &[2]);
                add("ge", column.ge(a()?), &[1, 2]);
                add("between", column.between(a()?, b()?), &[1, 2]);
                add("is_in", column.is_in([a()?, b()?]), &[1, 2]);
                add("is_in one", column.is_in([b()?, both.clone()]), &[2]);
                add("is_in none", column.is_in([both.clone()]), &[]);
                add("is_in nothing", column.is_in([]), &[]);
                add("not is_in", !column.is_in([a()?]), &[2]);
                add("contains", column.contains(b()?), &[2]);
                add("contains both", column.contains(both.clone()), &[]);
                add("overlaps", column.overlaps(both), &[1, 2]);
                add("eq itself", column.eq(column), &[1, 2]);
                add("is_null", column.is_null(), &[]);
            )*
            Ok(all)
        }
    };
}

lists! {
    booleans: false, true;
    smalls: i16::MIN, 1;
    ints: -1, 1;
    bigs: -1, 1;
    keys: ListId(1), ListId(2);
    reals: -1.5, f32::INFINITY;
    doubles: -1.5, f64::INFINITY;
    numerics: Decimal::new(-150, 2), Decimal::new(1, 0);
    texts: "NULL".to_owned(), "a \"b\", c".to_owned();
    varchars: "a".to_owned(), "b".to_owned();
    chars: "a".to_owned(), "b".to_owned();
    citexts: "A".to_owned(), "b".to_owned();
    boxes: "a".into(), "b".into();
    byteas: vec![0], vec![1];
    uuids: Uuid::nil(), Uuid::max();
    dates: NaiveDate::default(), NaiveDate::default() + TimeDelta::days(1);
    times: NaiveTime::default(), NaiveTime::default() + TimeDelta::hours(1);
    locals: NaiveDateTime::default(), NaiveDateTime::default() + TimeDelta::hours(1);
    instants: DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH + TimeDelta::hours(1);
    deltas: TimeDelta::zero(), TimeDelta::hours(1);
    addresses: "10.0.0.1".parse()?, "10.0.0.2".parse()?;
    networks: "10.0.0.1/8".parse()?, "10.0.0.2/8".parse()?;
    cidrs: "10.0.0.0/8".parse()?, "11.0.0.0/8".parse()?;
    documents: Value::Null, serde_json::json!({"a": 1});
    flags: Flag::Off, Flag::On;
    short_flags: Flag::Off, Flag::On;
    ranks: Rank::Low, Rank::High;
    tinies: Tiny::from("a".to_owned()), Tiny::from("b".to_owned());
    written: "a".to_owned(), "b".to_owned();
}

async fn filled() -> Result<(Database, Db), Box<dyn Error>> {
    let database = Server::shared().create_database("arrays")?;
    let url = Db::setup(&LISTS, &database.url()).await?;
    let db = Db::builder(&url).schema(&LISTS).connect().await?;
    let admin = db.unscoped("fills");
    Lists::insert(lists(1)?).execute(&admin).await?;
    Lists::insert_many([lists(2)?]).execute(&admin).await?;
    Ok((database, db))
}

#[tokio::test]
async fn each_element_is_found_by_each_operator() -> TestResult {
    let (_database, db) = filled().await?;
    let mut wrong = Vec::new();
    for (name, condition, rows) in conditions()? {
        let select = Lists::select()
            .filter(|_| condition)
            .order_by(|lists| lists.id.asc());
        let found = select.columns(|lists| lists.id).fetch_all(&db).await;
        let expected: Vec<_> = rows.iter().map(|&id| ListId(id)).collect();
        match found {
            Ok(found) if found == expected => {}
            other => wrong.push(format!("{name}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    Ok(())
}

#[tokio::test]
async fn arrays_are_stored_unchanged() -> TestResult {
    let (_database, db) = filled().await?;
    let (one, sent) = (Lists::get(1.into()).fetch_one(&db).await?, lists(1)?);
    assert_eq!(
        (one.varchars, one.citexts, one.cidrs),
        (sent.varchars, sent.citexts, sent.cidrs)
    );
    assert_eq!(
        (one.ranks, one.tinies, one.short_flags),
        (sent.ranks, sent.tinies, sent.short_flags)
    );
    assert_eq!((one.deltas, one.boxes), (sent.deltas, sent.boxes));
    let admin = db.unscoped("updates");
    let update = Lists::update(1.into()).set(|lists| {
        (
            lists.varchars.to(vec!["c".to_owned()]),
            lists.tinies.to(vec![Tiny::from("c".to_owned())]),
            lists.maybe.to(vec![1]),
        )
    });
    let one = update.fetch_optional(&admin).await?.ok_or("no row")?;
    assert_eq!(
        (one.varchars, one.maybe),
        (vec!["c".to_owned()], Some(vec![1]))
    );
    Ok(())
}

/// A cast of the value to the type of the column would truncate it to an existing value, or fail.
#[tokio::test]
async fn a_value_that_is_too_long_for_an_element_is_not_found() -> TestResult {
    let (_database, db) = filled().await?;
    let c = Lists::COLUMNS;
    let long = || vec!["aaaa".to_owned()];
    database_has(&db, "aaa").await?;
    for (name, condition) in [
        ("varchars", c.varchars.eq(long())),
        ("chars", c.chars.contains(long())),
        ("written", c.written.overlaps(long())),
        (
            "tinies",
            c.tinies.contains(vec![Tiny::from("aaaa".to_owned())]),
        ),
        (
            "an empty one, which the domain refuses",
            c.tinies.contains(vec![Tiny::from(String::new())]),
        ),
        ("short_flags", c.short_flags.is_null()),
    ] {
        assert_eq!(
            Lists::select().filter(|_| condition).count(&db).await?,
            0,
            "{name}"
        );
    }
    Ok(())
}

async fn database_has(db: &Db, text: &str) -> TestResult {
    let text = || vec![text.to_owned()];
    let update = Lists::update(1.into()).set(|lists| {
        let tiny = Tiny::from(text().concat());
        (
            lists.varchars.to(text()),
            lists.chars.to(text()),
            lists.written.to(text()),
            lists.tinies.to(vec![tiny]),
        )
    });
    assert_eq!(update.execute(&db.unscoped("updates")).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_finder_finds_an_array() -> TestResult {
    let (_database, db) = filled().await?;
    assert_eq!(Lists::by_texts(lists(1)?.texts).count(&db).await?, 1);
    Ok(())
}
