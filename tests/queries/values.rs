//! Every column type is sent and read, compared and found, whatever the name of the column is.

use std::net::IpAddr;

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;

use crate::TestResult;
use freehold_test_support::Server;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThingId(i64);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Small,
    Large,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = thing_mood)]
pub enum Mood {
    Good,
    Bad,
}

#[derive(Domain, Clone, Debug, PartialEq, Eq)]
#[domain(name = short_name, check(length(value) < 9))]
pub struct ShortName(String);

/// The names are bad on purpose.
#[derive(Table, Clone, Debug, PartialEq)]
#[table(name = "Select", shared, allow(timestamps, uuid_key))]
pub struct Thing {
    #[column(primary_key)]
    pub id: ThingId,
    pub r#type: String,
    #[column(name = "Mixed Case")]
    pub mixed: i16,
    #[column(citext, unique)]
    pub handle: String,
    #[column(char(4), index)]
    pub code: String,
    #[column(index)]
    pub size: Size,
    #[column(index)]
    pub mood: Mood,
    #[column(index)]
    pub short: ShortName,
    pub maybe: Option<i32>,
    pub tags: Vec<String>,
    pub moods: Vec<Mood>,
    pub price: Decimal,
    pub data: Value,
    pub address: IpAddr,
    pub took: TimeDelta,
    pub day: NaiveDate,
    pub at: DateTime<Utc>,
    pub local: NaiveDateTime,
    pub time: NaiveTime,
    pub bytes: Vec<u8>,
    pub real: f32,
    pub double: f64,
    pub yes: bool,
    pub uuid: Uuid,
    pub words: TsVector,
    #[column(sql_type = "varchar(3)")]
    pub cut: String,
    #[column(generated = mixed * 2)]
    pub twice: i16,
}

schema!(pub THINGS = [Thing], isolation = predicate);

fn thing(id: i64) -> Result<NewThing, Box<dyn std::error::Error>> {
    Ok(NewThing {
        id: id.into(),
        r#type: "it's \"quoted\" \\ $1".to_owned(),
        mixed: 7,
        handle: format!("Handle{id}"),
        code: "AB".to_owned(),
        size: Size::Large,
        mood: Mood::Bad,
        short: ShortName::from("short".to_owned()),
        tags: vec!["a".to_owned(), "b, c".to_owned()],
        moods: vec![Mood::Good, Mood::Bad],
        price: Decimal::new(12_345, 2),
        data: serde_json::json!({"a": [1, null]}),
        address: "192.0.2.1".parse()?,
        took: TimeDelta::seconds(90_061),
        day: NaiveDate::from_ymd_opt(2026, 11, 27).ok_or("no day")?,
        at: DateTime::from_timestamp(1_700_000_000, 0).ok_or("no time")?,
        local: NaiveDate::from_ymd_opt(2026, 1, 2)
            .and_then(|day| day.and_hms_opt(3, 4, 5))
            .ok_or("no time")?,
        time: NaiveTime::from_hms_opt(1, 2, 3).ok_or("no time")?,
        bytes: vec![0, 255],
        real: 1.5,
        double: -2.25,
        yes: true,
        uuid: Uuid::from_u128(5),
        words: TsVector("'cat':1 'fat':2".to_owned()),
        cut: "abc".to_owned(),
    })
}

#[tokio::test]
async fn each_type_is_read_as_it_was_sent() -> TestResult {
    let database = Server::shared().create_database("values")?;
    let url = Db::setup(&THINGS, &database.url()).await?;
    let db = Db::builder(&url).schema(&THINGS).connect().await?;
    let admin = db.unscoped("fills");
    let one = Thing::insert(thing(1)?).fetch_one(&admin).await?;
    let sent = thing(1)?;
    assert_eq!(one.r#type, sent.r#type);
    assert_eq!((one.mixed, one.twice), (7, 14));
    assert_eq!((one.size, one.mood), (Size::Large, Mood::Bad));
    assert_eq!(one.short, sent.short);
    assert_eq!(
        (one.tags.clone(), one.moods.clone()),
        (sent.tags, sent.moods)
    );
    assert_eq!((one.price, one.data.clone()), (sent.price, sent.data));
    assert_eq!((one.address, one.took), (sent.address, sent.took));
    assert_eq!(
        (one.day, one.at, one.local, one.time),
        (sent.day, sent.at, sent.local, sent.time)
    );
    assert_eq!(
        (one.bytes.clone(), one.uuid, one.words.clone()),
        (sent.bytes, sent.uuid, sent.words)
    );
    assert_eq!(one.maybe, None);
    let many = [Thing::insert(thing(2)?), Thing::insert(thing(3)?)];
    let many = many.map(|row| row.set(|thing| thing.maybe.to(3)));
    assert_eq!(Thing::insert_many(many).fetch_all(&admin).await?.len(), 2);
    let read = Thing::get(1.into()).fetch_optional(&db).await?;
    assert_eq!(read, Some(one));
    Ok(())
}

#[tokio::test]
async fn each_type_is_found_by_its_values() -> TestResult {
    let database = Server::shared().create_database("values")?;
    let url = Db::setup(&THINGS, &database.url()).await?;
    let db = Db::builder(&url).schema(&THINGS).connect().await?;
    Thing::insert(thing(1)?)
        .execute(&db.unscoped("fills"))
        .await?;
    assert!(
        Thing::by_handle("hANDLE1").exists(&db).await?,
        "citext has no case"
    );
    assert_eq!(
        Thing::by_code("AB").count(&db).await?,
        1,
        "char(n) is padded"
    );
    assert_eq!(Thing::by_size(Size::Large).count(&db).await?, 1);
    assert_eq!(Thing::by_mood(Mood::Bad).count(&db).await?, 1);
    assert_eq!(
        Thing::by_short(ShortName::from("short".to_owned()))
            .count(&db)
            .await?,
        1
    );
    let found = |condition: freehold::query::Condition| Thing::select().filter(|_| condition);
    let c = Thing::COLUMNS;
    for (name, condition) in [
        ("type", c.r#type.eq(thing(1)?.r#type)),
        ("mixed", c.mixed.is_in([1, 7])),
        ("handle", c.handle.is_in(["HANDLE1".to_owned()])),
        ("moods", c.mood.is_in([Mood::Bad])),
        ("tags", c.tags.contains(vec!["a".to_owned()])),
        ("data", c.data.contains(serde_json::json!({"a": [1]}))),
        (
            "price",
            c.price.between(Decimal::new(1, 0), Decimal::new(200, 0)),
        ),
        ("address", c.address.eq("192.0.2.1".parse::<IpAddr>()?)),
        ("took", c.took.gt(TimeDelta::seconds(5))),
        ("maybe", c.maybe.is_null()),
        ("yes", c.yes.into()),
        ("columns", c.mixed.lt(c.twice)),
        ("lower", c.handle.lower().eq("handle1")),
        ("uuid", c.uuid.ne(Uuid::nil())),
    ] {
        assert_eq!(found(condition).count(&db).await?, 1, "{name}");
    }
    // A cast to `varchar(3)` would truncate it to an existing value.
    assert_eq!(found(c.cut.eq("abcd")).count(&db).await?, 0, "cut");
    assert_eq!(found(c.cut.eq("abc")).count(&db).await?, 1, "not cut");
    Ok(())
}
