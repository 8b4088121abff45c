//! Keys, enums and JSON values are sent to PostgreSQL through sqlx and read back.

use std::error::Error;

use freehold::Postgres;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq)]
struct DayId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
enum Mood {
    Happy,
    Sad,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
#[sql_enum(native)]
enum Volume {
    Loud,
    Low,
}

#[derive(Table)]
#[table(name = days, shared, allow(timestamps))]
pub struct Day {
    #[column(primary_key)]
    id: DayId,
    mood: Mood,
    moods: Vec<Mood>,
    volume: Volume,
    volumes: Vec<Volume>,
    others: Vec<DayId>,
    notes: Json<Vec<String>>,
    missing: Option<Mood>,
}

schema!(DAYS = [Day]);

async fn connection() -> Result<(Database, PgConnection), Box<dyn Error>> {
    let database = Server::shared().create_database("sqlx")?;
    database.psql(&DAYS.schema()?.up(&Postgres))?;
    let connection = PgConnection::connect(&database.url()).await?;
    Ok((database, connection))
}

type Row = (
    DayId,
    Mood,
    Vec<Mood>,
    Volume,
    Vec<Volume>,
    Vec<DayId>,
    Json<Vec<String>>,
    Option<Mood>,
);

#[tokio::test]
async fn a_value_is_read_as_it_was_sent() -> TestResult {
    let (_database, mut connection) = connection().await?;
    let id = DayId::from(Uuid::from_u128(7));
    let row: Row = (
        id,
        Mood::Sad,
        vec![Mood::Happy, Mood::Sad],
        Volume::Low,
        vec![Volume::Loud],
        vec![id, id],
        Json(vec!["a".to_owned()]),
        None,
    );
    sqlx::query("INSERT INTO days VALUES ($1, $2, $3, $4, $5, $6, $7, $8)")
        .bind(row.0)
        .bind(row.1)
        .bind(row.2.clone())
        .bind(row.3)
        .bind(row.4.clone())
        .bind(row.5.clone())
        .bind(row.6.clone())
        .bind(row.7)
        .execute(&mut connection)
        .await?;
    let back: Row = sqlx::query_as("SELECT * FROM days WHERE id = $1")
        .bind(id)
        .fetch_one(&mut connection)
        .await?;
    assert_eq!(back, row);
    Ok(())
}

#[tokio::test]
async fn an_unknown_label_is_an_error_that_names_it() -> TestResult {
    let (_database, mut connection) = connection().await?;
    let result: Result<(Mood,), _> = sqlx::query_as("SELECT 'angry'")
        .fetch_one(&mut connection)
        .await;
    let message = match result {
        Ok(row) => return Err(format!("this was read: {row:?}").into()),
        Err(error) => error.to_string(),
    };
    assert!(
        message.contains("the enum `mood` has no value for the label `angry`"),
        "{message}"
    );
    Ok(())
}

/// An enum of a release that does not know every label.
#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
#[sql_enum(name = mood)]
enum SomeMood {
    Happy,
    #[sql_enum(other)]
    Another,
}

/// Unknown labels are read as one value, which is never written.
#[tokio::test]
async fn an_enum_with_other_reads_unknown_labels() -> TestResult {
    let (_database, mut connection) = connection().await?;
    let read: (SomeMood, Vec<SomeMood>) = sqlx::query_as("SELECT 'angry', ARRAY['happy', 'sad']")
        .fetch_one(&mut connection)
        .await?;
    let expected = vec![SomeMood::Happy, SomeMood::Another];
    assert_eq!(read, (SomeMood::Another, expected));
    let labels: Vec<_> = SomeMood::DEF
        .labels
        .iter()
        .map(|label| label.label)
        .collect();
    assert_eq!(labels, ["happy"], "it has no label itself");
    let written: Result<(SomeMood,), _> = sqlx::query_as("SELECT $1")
        .bind(SomeMood::Another)
        .fetch_one(&mut connection)
        .await;
    let message = match written {
        Ok(row) => return Err(format!("this was written: {row:?}").into()),
        Err(error) => error.to_string(),
    };
    assert!(
        message.contains("the `other` value of `mood` has no label and cannot be written"),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_key_converts_to_its_inner_type() {
    let key = DayId::from(Uuid::from_u128(7));
    assert_eq!(Uuid::from(key), Uuid::from_u128(7));
    assert_eq!(Mood::from_label(Mood::Sad.sql_label()), Some(Mood::Sad));
}

/// Outside of the search path, with names that need quotes, one of which is a keyword.
#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
#[sql_enum(native, schema = "My App", name = "The Volume")]
enum FarVolume {
    Loud,
    Low,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
#[sql_enum(native, name = order)]
enum SortOrder {
    Rising,
    Falling,
}

#[derive(Domain, Clone, Debug, PartialEq)]
#[domain(schema = "My App", name = "The Word", check(value != ""))]
struct FarWord(String);

#[derive(Domain, Clone, Debug, PartialEq)]
#[domain(check_sql = "jsonb_typeof(VALUE) = 'array'")]
struct Words(Json<Vec<String>>);

#[derive(Table)]
#[table(name = far_days, shared, allow(timestamps))]
pub struct FarDay {
    #[column(primary_key, default = gen_random_uuid())]
    id: Uuid,
    volume: FarVolume,
    volumes: Vec<FarVolume>,
    order: SortOrder,
    orders: Vec<SortOrder>,
    word: FarWord,
    words: Vec<FarWord>,
    others: Words,
}

schema!(FAR_DAYS = [FarDay]);

const COLUMNS: &str = "volume, volumes, \"order\", orders, word, words, others";

#[tokio::test]
async fn a_type_of_another_schema_is_read_as_it_was_sent() -> TestResult {
    let database = Server::shared().create_database("sqlx")?;
    database.psql(&FAR_DAYS.schema()?.up(&Postgres))?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let row = (
        FarVolume::Low,
        vec![FarVolume::Loud],
        SortOrder::Falling,
        vec![SortOrder::Rising],
        FarWord("a".to_owned()),
        vec![FarWord("b".to_owned())],
        Words(Json(vec!["c".to_owned()])),
    );
    let insert = format!("INSERT INTO far_days ({COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    sqlx::query(sqlx::AssertSqlSafe(insert))
        .bind(row.0)
        .bind(row.1.clone())
        .bind(row.2)
        .bind(row.3.clone())
        .bind(row.4.clone())
        .bind(row.5.clone())
        .bind(row.6.clone())
        .execute(&mut connection)
        .await?;
    for search_path in ["public", "\"My App\", public"] {
        let set = format!("SET search_path = {search_path}");
        sqlx::query(sqlx::AssertSqlSafe(set))
            .execute(&mut connection)
            .await?;
        let select = format!("SELECT {COLUMNS} FROM far_days");
        let back = sqlx::query_as(sqlx::AssertSqlSafe(select))
            .fetch_one(&mut connection)
            .await?;
        assert_eq!(row, back);
    }
    Ok(())
}
