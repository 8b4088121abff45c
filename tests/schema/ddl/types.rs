use std::borrow::Cow;

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use std::net::IpAddr;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

type Maybe<T> = Option<T>;

#[derive(Key)]
struct PlaceId(Uuid);

#[derive(Table)]
#[table(name = places, shared, allow(timestamps))]
struct Place<'a, T> {
    #[column(primary_key)]
    id: PlaceId,
    boolean: bool,
    smallint: i16,
    integer: i32,
    bigint: i64,
    real: f32,
    double: f64,
    text: String,
    cow: Cow<'a, str>,
    borrowed: &'a str,
    boxed: Box<str>,
    #[column(varchar(20))]
    varchar: String,
    #[column(varchar)]
    varchar_of_any_length: String,
    #[column(char(2))]
    char: String,
    #[column(citext)]
    citext: String,
    bytea: Vec<u8>,
    uuid: Uuid,
    numeric: Decimal,
    #[column(decimal(10, 2))]
    decimal: Decimal,
    #[column(numeric(5))]
    digits: Decimal,
    date: NaiveDate,
    time: NaiveTime,
    timestamp: NaiveDateTime,
    timestamptz: DateTime<Utc>,
    interval: TimeDelta,
    jsonb: Value,
    json_of: Json<T>,
    #[column(json)]
    json: Value,
    inet: IpAddr,
    tsvector: TsVector,
    texts: Vec<String>,
    blobs: Vec<Vec<u8>>,
    keys: Vec<PlaceId>,
    #[column(array(varchar(3)))]
    codes: Vec<String>,
    #[column(sql_type = "point")]
    point: String,
    optional: Option<i32>,
    aliased: Maybe<i32>,
    optional_texts: Option<Vec<String>>,
}

type AnyPlace = Place<'static, Vec<i32>>;

mod any_place {
    freehold::schema!(pub(super) PLACES = [super::AnyPlace]);
}

#[test]
fn a_column_has_the_type_of_its_field() -> TestResult {
    let database = database_with(&any_place::PLACES)?;
    let columns = lines(
        &database,
        "SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN '' ELSE ' null' END
         FROM pg_attribute WHERE attrelid = 'places'::regclass AND attnum > 0 ORDER BY attnum",
    )?;
    let expected = "id uuid
boolean boolean
smallint smallint
integer integer
bigint bigint
real real
double double precision
text text
cow text
borrowed text
boxed text
varchar character varying(20)
varchar_of_any_length character varying
char character(2)
citext citext
bytea bytea
uuid uuid
numeric numeric
decimal numeric(10,2)
digits numeric(5,0)
date date
time time without time zone
timestamp timestamp without time zone
timestamptz timestamp with time zone
interval interval
jsonb jsonb
json_of jsonb
json json
inet inet
tsvector tsvector
texts text[]
blobs bytea[]
keys uuid[]
codes character varying(3)[]
point point
optional integer null
aliased integer null
optional_texts text[] null";
    assert_eq!(columns.join("\n"), expected);
    Ok(())
}

#[test]
fn an_extension_is_created_and_dropped_with_the_column_that_needs_it() -> TestResult {
    assert_down_leaves_nothing(&any_place::PLACES)
}
