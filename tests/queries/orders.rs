//! Pages by a key and by a column, for every type that has an order.

use std::fmt::Debug;

use freehold::Error;
use freehold::prelude::*;
use freehold::query::{Cursor, Page, Paged, Relation, Select, Shared};
use freehold::reexport::serde_json::Value;
use freehold_test_support::{Database, Server};
use futures_util::future::LocalBoxFuture;
use sqlx::postgres::types::PgInterval;
use sqlx::types::ipnetwork::IpNetwork;
use std::net::IpAddr;

use crate::TestResult;

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, schema = apart, name = level)]
pub enum Level {
    Low,
    High,
    Highest,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
}

#[derive(Domain, Clone, Debug, PartialEq, Eq)]
#[domain(name = short, varchar(9))]
pub struct Short(String);

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(i64);

/// A table for each type, with a key of the type and a nullable column of the type.
macro_rules! tables {
    ($($table:ident $name:ident [$($word:tt)*] $rust:ty;)*) => {
        $(
            #[derive(Table, Clone, Debug, PartialEq)]
            #[table(name = $name, shared, allow(timestamps, uuid_key))]
            pub struct $table {
                #[column(primary_key $($word)*)]
                pub id: $rust,
                #[column(index $($word)*)]
                pub other: Option<$rust>,
            }
        )*
        schema!(pub ORDERED = [$($table),*], isolation = predicate, extension(citext));
    };
}

tables! {
    OfBool of_bool [] bool;
    OfSmall of_small [] i16;
    OfInt of_int [] i32;
    OfBig of_big [] i64;
    OfKey of_key [] Number;
    OfReal of_real [] f32;
    OfDouble of_double [] f64;
    OfNumeric of_numeric [] Decimal;
    OfText of_text [] String;
    OfVarchar of_varchar [, varchar(10)] String;
    OfChar of_char [, char(4)] String;
    OfCitext of_citext [, citext] String;
    OfBytea of_bytea [] Vec<u8>;
    OfUuid of_uuid [] Uuid;
    OfDate of_date [] NaiveDate;
    OfTime of_time [] NaiveTime;
    OfLocal of_local [] NaiveDateTime;
    OfInstant of_instant [] DateTime<Utc>;
    OfDelta of_delta [] TimeDelta;
    OfInterval of_interval [] PgInterval;
    OfInet of_inet [] IpAddr;
    OfCidr of_cidr [, cidr] IpNetwork;
    OfJsonb of_jsonb [] Value;
    OfDocument of_document [] Json<Vec<i32>>;
    OfLabel of_label [] Side;
    OfNative of_native [] Level;
    OfDomain of_domain [] Short;
    OfSql of_sql [, sql_type = "int8"] i64;
    OfSqlText of_sql_text [, sql_type = "varchar(20)"] String;
    OfInts of_ints [] Vec<i32>;
    OfVarchars of_varchars [, array(varchar(10))] Vec<String>;
    OfChars of_chars [, array(char(4))] Vec<String>;
    OfCitexts of_citexts [, array(citext)] Vec<String>;
    OfCidrs of_cidrs [, array(cidr)] Vec<IpNetwork>;
    OfLabels of_labels [] Vec<Side>;
    OfNatives of_natives [] Vec<Level>;
    OfDomains of_domains [] Vec<Short>;
    OfWords of_words [] TsVector;
}

/// The literals of a table's rows, smallest first.
const VALUES: [(&str, &[&str]); 38] = [
    ("of_bool", &["false", "true"]),
    ("of_small", &["-32768", "-1", "0", "1", "32767"]),
    ("of_int", &["-1", "0", "1", "2", "3"]),
    (
        "of_big",
        &[
            "-9223372036854775808",
            "-1",
            "0",
            "1",
            "9223372036854775807",
        ],
    ),
    ("of_key", &["-1", "0", "1", "2", "3"]),
    ("of_real", &["-Infinity", "-0", "1.5", "Infinity", "NaN"]),
    ("of_double", &["-Infinity", "-0", "1.5", "Infinity", "NaN"]),
    (
        "of_numeric",
        &["-1.50", "0.00", "0.01", "1", "10000000000000000000000000.5"],
    ),
    ("of_text", &["", "a", "a b", "b", "é"]),
    ("of_varchar", &["", "a", "a b", "b", "é"]),
    ("of_char", &["", "a", "a b", "b", "é"]),
    ("of_citext", &["", "A", "a b", "B", "é"]),
    ("of_bytea", &["", r"\x00", r"\x0001", r"\x01", r"\xff"]),
    (
        "of_uuid",
        &[
            "00000000-0000-0000-0000-000000000000",
            "7fffffff-ffff-ffff-ffff-ffffffffffff",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
        ],
    ),
    (
        "of_date",
        &[
            "4714-11-24 BC",
            "1999-12-31",
            "2000-01-01",
            "2026-11-30",
            "9999-12-31",
        ],
    ),
    (
        "of_time",
        &["00:00", "00:00:00.000001", "12:00", "23:59:59.999999"],
    ),
    (
        "of_local",
        &[
            "4714-11-24 BC",
            "1969-12-31 23:59:59.999999",
            "2000-01-01",
            "9999-12-31",
        ],
    ),
    (
        "of_instant",
        &[
            "4714-11-24 00:00:00+00 BC",
            "1969-12-31 23:59:59.999999+00",
            "2000-01-01 00:00:00+00",
            "9999-12-31 00:00:00+00",
        ],
    ),
    ("of_delta", &["-1 day", "0", "1 microsecond", "1 day"]),
    (
        "of_interval",
        &["-1 month", "0", "1 day 1 second", "1 month", "1 year"],
    ),
    (
        "of_inet",
        &["0.0.0.0", "10.0.0.1", "10.0.0.2", "::1", "ffff::"],
    ),
    (
        "of_cidr",
        &["10.0.0.0/8", "10.1.0.0/16", "192.0.2.0/24", "::/0"],
    ),
    ("of_jsonb", &["null", "\"a\"", "1", "[1, 2]", "{\"a\": 1}"]),
    ("of_document", &["[]", "[1]", "[2]", "[1, 2]"]),
    ("of_label", &["left", "right"]),
    ("of_native", &["low", "high", "highest"]),
    ("of_domain", &["", "a", "a b", "b"]),
    ("of_sql", &["-1", "0", "1", "2", "9223372036854775807"]),
    ("of_sql_text", &["", "a", "a b", "b"]),
    ("of_ints", &["{}", "{1}", "{1,2}", "{2}"]),
    ("of_varchars", &["{}", "{a}", "{a,b}", "{b}"]),
    ("of_chars", &["{}", "{a}", "{a,b}", "{b}"]),
    ("of_citexts", &["{}", "{A}", "{a,B}", "{b}"]),
    (
        "of_cidrs",
        &[
            "{}",
            "{10.0.0.0/8}",
            "{10.0.0.0/8,10.1.0.0/16}",
            "{10.1.0.0/16}",
        ],
    ),
    ("of_labels", &["{}", "{left}", "{left,right}", "{right}"]),
    ("of_natives", &["{}", "{low}", "{low,high}", "{high}"]),
    ("of_domains", &["{}", "{a}", "{a,b}", "{b}"]),
    ("of_words", &["", "'a':1", "'b':1", "'a':1 'b':2"]),
];

/// The database with rows in each table: `other` is the next larger key, and null in the last row.
async fn ordered() -> Result<(Database, String), Box<dyn std::error::Error>> {
    let database = Server::shared().create_database("orders")?;
    let url = Db::setup(&ORDERED, &database.url()).await?;
    for (table, literals) in VALUES {
        let nexts = literals.iter().skip(1).map(Some).chain([None]);
        let rows: Vec<_> = literals
            .iter()
            .zip(nexts)
            .map(|(id, next)| {
                let next = next.map_or_else(|| "NULL".to_owned(), |next| literal(next));
                format!("({}, {next})", literal(id))
            })
            .collect();
        database.psql(&format!(
            "INSERT INTO {table} (id, other) VALUES {}",
            rows.join(", ")
        ))?;
    }
    Ok((database, url))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// The rows, one per page, each over a connection of its own.
async fn one_by_one<T>(url: &str, paged: impl Fn() -> Paged<T>) -> Result<Vec<T>, Error>
where
    T: Relation + Shared,
{
    let mut rows = Vec::new();
    let mut cursor: Option<Cursor> = None;
    loop {
        let db = Db::builder(url)
            .schema(&ORDERED)
            .pool_size(1)
            .connect()
            .await?;
        let page: Page<T> = paged().after(cursor).fetch_page(&db).await?;
        rows.extend(page.rows);
        let Some(next) = page.next else { break };
        cursor = Some(next.to_string().parse()?);
    }
    Ok(rows)
}

/// Asserts that each row is returned once, in the order of the whole list. The future is boxed, since all of them
/// together would not fit on the stack.
fn is_paged<'a, T>(
    url: &'a str,
    how: &'a str,
    ordered: impl Fn(Select<T>) -> Select<T> + 'a,
    whole: impl FnOnce(Select<T>) -> Select<T> + 'a,
) -> LocalBoxFuture<'a, TestResult>
where
    T: Relation + Shared + Debug,
{
    Box::pin(async move {
        let table = std::any::type_name::<T>();
        let paged = one_by_one(url, || ordered(T::select()).page(1)).await;
        let paged = paged.map_err(|error| format!("{table} by {how}: {error:?}"))?;
        let db = Db::builder(url).schema(&ORDERED).connect().await?;
        let whole = whole(T::select()).fetch_all(&db).await?;
        // `NaN` does not equal itself, but its `Debug` output does.
        assert_eq!(
            format!("{paged:#?}"),
            format!("{whole:#?}"),
            "{table} by {how}"
        );
        assert!(paged.len() > 1, "{table} has no rows");
        Ok(())
    })
}

macro_rules! each_is_paged {
    ($name:ident: $($table:ident)*) => {
        #[tokio::test]
        async fn $name() -> TestResult {
            let (_database, url) = ordered().await?;
            $(
                let up = |select: Select<$table>| select.order_by(|row| row.id.asc());
                let down = |select: Select<$table>| select.order_by(|row| row.id.desc());
                let other_up = |select: Select<$table>| select.order_by(|row| (row.other.asc(), row.id.asc()));
                let other_down = |select: Select<$table>| select.order_by(|row| (row.other.desc(), row.id.desc()));
                is_paged::<$table>(&url, "no order, but the key", |select| select, up).await?;
                is_paged::<$table>(&url, "its key", up, up).await?;
                is_paged::<$table>(&url, "its key, down", down, down).await?;
                is_paged::<$table>(&url, "a column", other_up, other_up).await?;
                is_paged::<$table>(&url, "a column, down", other_down, other_down).await?;
            )*
            Ok(())
        }
    };
}

// Each page uses a connection that has not read any types of the tables.
each_is_paged!(numbers_and_texts_have_pages: OfBool OfSmall OfInt OfBig OfKey OfReal OfDouble OfNumeric OfText OfVarchar OfChar OfCitext OfBytea);
each_is_paged!(times_and_addresses_have_pages: OfUuid OfDate OfTime OfLocal OfInstant OfDelta OfInterval OfInet OfCidr);
each_is_paged!(documents_enums_and_domains_have_pages: OfJsonb OfDocument OfLabel OfNative OfDomain OfSql OfSqlText OfWords);
each_is_paged!(arrays_have_pages: OfInts OfVarchars OfChars OfCitexts OfCidrs OfLabels OfNatives OfDomains);

/// Asserts that an invented cursor is an error of the cursor, for every type of the column.
fn is_refused<T: Relation + Shared + Debug>(db: &Db) -> LocalBoxFuture<'_, TestResult> {
    Box::pin(async move {
        let table = std::any::type_name::<T>();
        let first = T::select().page(1).fetch_page(db).await?;
        let cursor = first.next.ok_or("no second page")?.to_string();
        for forged in forgeries(&cursor)? {
            let page = T::select()
                .page(1)
                .after(forged.clone())
                .fetch_page(db)
                .await;
            let is_expected = matches!(page, Ok(_) | Err(Error::Cursor(_)));
            assert!(is_expected, "{table} behind {forged}: {page:?}");
        }
        Ok(())
    })
}

macro_rules! each_is_refused {
    ($db:ident: $($table:ident)*) => { $(is_refused::<$table>(&$db).await?;)* };
}

#[tokio::test]
async fn a_forged_cursor_is_a_cursor_error_for_every_type() -> TestResult {
    let (_database, url) = ordered().await?;
    let db = Db::builder(&url).schema(&ORDERED).connect().await?;
    each_is_refused!(db: OfBool OfInt OfDouble OfNumeric OfText OfBytea OfUuid OfDate OfInstant OfInterval OfInet OfCidr);
    each_is_refused!(db: OfJsonb OfDocument OfLabel OfNative OfDomain OfSql OfInts OfVarchars OfCitexts OfNatives OfDomains OfWords);
    Ok(())
}

/// The value of the cursor truncated, extended, with each byte changed, and replaced by other values.
fn forgeries(cursor: &str) -> Result<Vec<Cursor>, Box<dyn std::error::Error>> {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let bytes = engine.decode(cursor)?;
    let (shape, value) = (bytes[..8].to_vec(), bytes[12..].to_vec());
    let mut values: Vec<Vec<u8>> = (0..value.len()).map(|end| value[..end].to_vec()).collect();
    for at in 0..value.len() {
        for change in [0x01, 0x80, 0xff] {
            let mut changed = value.clone();
            changed[at] ^= change;
            values.push(changed);
        }
    }
    values.push([value.clone(), vec![0; 40]].concat());
    values.push([vec![1], vec![b'['; 60_000]].concat());
    values.push(vec![0xff; 100]);
    values.push([0x7f_u8; 64].to_vec());
    let cursors = values.into_iter().map(|value| {
        let length = i32::try_from(value.len())?.to_be_bytes().to_vec();
        Ok(engine
            .encode([shape.clone(), length, value].concat())
            .parse()?)
    });
    cursors.collect()
}
