//! Errors have the server's own message, and a variant that tells whose fault it is.

use std::error::Error as StdError;

use freehold::Error;
use freehold::prelude::*;
use freehold::reexport::serde_json::Value;
use freehold_test_support::{Database, Server};

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatId(i32);

#[derive(Domain, Clone, Debug, PartialEq)]
#[domain(name = raw_document, json)]
pub struct Raw(Value);

#[derive(Table, Clone, Debug, PartialEq)]
#[table(
    name = seats,
    shared,
    allow(timestamps, uuid_key, soft_delete_unique),
    unique(place, deferrable = initially_deferred),
    index(lower(name), name = seats_name, unique),
    index(floor, number, unique, where = number > 0),
)]
pub struct Seat {
    #[column(primary_key)]
    pub id: SeatId,
    pub place: i32,
    #[column(varchar(8))]
    pub name: String,
    #[column(default = 1)]
    pub floor: i32,
    #[column(default = 0)]
    pub number: i32,
    pub data: Option<Value>,
    pub raw: Option<Raw>,
    #[column(deleted_at)]
    pub deleted_at: Option<DateTime<Utc>>,
}

schema!(pub SEATS = [Seat], isolation = predicate);

async fn seats() -> Result<(Database, Db), Box<dyn StdError>> {
    let database = Server::shared().create_database("refusals")?;
    let url = Db::setup(&SEATS, &database.url()).await?;
    let db = Db::builder(&url)
        .isolation(freehold::model::Isolation::Predicate)
        .connect()
        .await?;
    Seat::insert(seat(1)).execute(&db.unscoped("fills")).await?;
    Ok((database, db))
}

fn seat(number: i32) -> NewSeat {
    NewSeat {
        id: number.into(),
        place: number,
        name: format!("Seat {number}"),
    }
}

/// The error and its causes, as a program prints them.
fn chain(error: &dyn StdError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_message_is_the_servers_without_a_line_of_its_source() -> TestResult {
    let (database, db) = seats().await?;
    let admin = db.unscoped("asks");
    let wrong_database = Db::builder(&database.url().replace('?', "_x?"))
        .connect()
        .await;
    database.psql("ALTER TABLE seats RENAME number TO figure")?;
    for (refused, said) in [
        (
            admin
                .sql("SELECT nothing FROM nowhere")
                .execute()
                .await
                .map(drop),
            "\"nowhere\" does not exist",
        ),
        (
            admin.sql("SELECT 1 / 0").execute().await.map(drop),
            "division by zero",
        ),
        (
            Seat::select().fetch_all(&db).await.map(drop),
            "number does not exist",
        ),
        (wrong_database.map(drop), "does not exist"),
    ] {
        let Err(error) = refused else {
            return Err(format!("nothing is refused: {said}").into());
        };
        let text = chain(&error);
        assert!(text.contains(said), "{text}");
        assert!(!text.contains("at line"), "{text}");
        assert!(error.source().is_some(), "{text}");
    }
    Ok(())
}

#[tokio::test]
async fn an_error_of_the_database_contains_its_message() -> TestResult {
    let (_database, db) = seats().await?;
    let refused = db.unscoped("asks").sql("SELECT nothing").execute().await;
    let Err(error @ Error::Database(_)) = refused else {
        return Err(format!("{refused:?}").into());
    };
    assert_eq!(
        error.to_string(),
        "the database refused the statement: column \"nothing\" does not exist"
    );
    Ok(())
}

/// A constraint that is checked at the end of the transaction has the same error as one that is checked at once.
#[tokio::test]
async fn a_deferred_constraint_names_its_columns() -> TestResult {
    let (_database, db) = seats().await?;
    let admin = db.unscoped("adds a seat");
    let taken = |by: &str, refused: Result<(), Error>| match refused {
        Err(Error::Unique {
            table,
            constraint,
            columns,
            ..
        }) => {
            assert_eq!(
                (table.as_str(), constraint.as_str()),
                ("seats", "uq_seats_place"),
                "{by}"
            );
            assert_eq!(columns, ["place"], "{by}");
            Ok(())
        }
        other => Err(format!("{by}: {other:?}")),
    };
    let new = || NewSeat {
        place: 1,
        ..seat(2)
    };
    taken(
        "a statement",
        Seat::insert(new()).execute(&admin).await.map(drop),
    )?;
    let in_transaction = admin.transaction(async |tx| {
        Seat::insert(new()).execute(tx).await?;
        Seat::select().count(tx).await.map(drop)
    });
    taken("a transaction", in_transaction.await)?;
    Ok(())
}

#[tokio::test]
async fn an_index_over_an_expression_names_its_columns() -> TestResult {
    let (_database, db) = seats().await?;
    let new = NewSeat {
        name: "SEAT 1".to_owned(),
        ..seat(2)
    };
    let refused = Seat::insert(new).execute(&db.unscoped("adds a seat")).await;
    let Err(error @ Error::Unique { .. }) = refused else {
        return Err(format!("{refused:?}").into());
    };
    assert_eq!(
        error.to_string(),
        "`seats` already has a row with these values of `name` (`seats_name`)"
    );
    Ok(())
}

/// Nothing is sent, so the transaction continues.
#[tokio::test]
async fn on_conflict_by_columns_without_a_key_is_refused_before_it_is_sent() -> TestResult {
    let (_database, db) = seats().await?;
    let admin = db.unscoped("adds seats");
    let keys = "; give the columns of a key that is not deferrable: `id`; or `floor`, `number`";
    admin
        .transaction(async |tx| {
            let by_deferrable = Seat::insert(seat(2))
                .on_conflict(|seat| seat.place)
                .do_nothing();
            let by_none = Seat::insert(seat(2))
                .on_conflict(|seat| (seat.name, seat.place))
                .do_nothing();
            for (refused, columns) in [
                (by_deferrable.execute(tx).await, "`place`"),
                (by_none.execute(tx).await, "`name`, `place`"),
            ] {
                let text = refused.map_err(|error| error.to_string());
                assert_eq!(
                    text,
                    Err(format!(
                        "`seats` has no key over {columns} that detects a conflict{keys}"
                    ))
                );
            }
            let by_key = Seat::insert(seat(1))
                .on_conflict(|seat| seat.id)
                .do_nothing();
            assert_eq!(by_key.execute(tx).await?, 0, "the seat is there");
            let by_index = Seat::insert(seat(2))
                .on_conflict(|seat| (seat.number, seat.floor))
                .do_nothing();
            assert_eq!(by_index.execute(tx).await?, 1);
            Ok::<_, Error>(())
        })
        .await?;
    Ok(())
}

/// Like every other update.
#[tokio::test]
async fn an_upsert_leaves_a_deleted_row_unchanged() -> TestResult {
    let (_database, db) = seats().await?;
    let admin = db.unscoped("changes a seat");
    assert_eq!(Seat::delete(1.into()).execute(&admin).await?, 1);
    let upsert = || {
        Seat::insert(seat(1))
            .on_conflict(|seat| seat.id)
            .do_update(|seat, _| seat.place.to(7))
    };
    assert_eq!(upsert().fetch_optional(&admin).await?, None);
    assert_eq!(upsert().execute(&admin).await?, 0);
    assert_eq!(
        Seat::get(1.into())
            .with_deleted()
            .fetch_one(&db)
            .await?
            .place,
        1
    );
    assert_eq!(Seat::restore(1.into()).execute(&admin).await?, 1);
    assert_eq!(
        upsert()
            .fetch_optional(&admin)
            .await?
            .map(|seat| seat.place),
        Some(7)
    );
    Ok(())
}

/// An invalid input has another error than a failing server.
#[tokio::test]
async fn an_invalid_value_is_a_value_error() -> TestResult {
    let (_database, db) = seats().await?;
    let c = Seat::COLUMNS;
    for (name, condition) in [
        ("a pattern that ends in its escape", c.name.like("Seat\\")),
        ("a pattern without case", c.name.ilike("seat\\")),
        ("no regular expression", c.name.matches("[")),
        ("a document with a NUL", c.data.eq(serde_json::json!("\0"))),
    ] {
        let refused = Seat::select().filter(|_| condition).count(&db).await;
        let is_told = matches!(&refused, Err(error @ Error::Value(_)) if error.to_string().starts_with("the database refused a value: "));
        assert!(is_told, "{name}: {refused:?}");
    }
    let long = NewSeat {
        name: "x".repeat(9),
        ..seat(2)
    };
    let refused = Seat::insert(long)
        .execute(&db.unscoped("adds a seat"))
        .await;
    assert!(matches!(refused, Err(Error::Value(_))), "{refused:?}");
    Ok(())
}

/// Nothing is sent, so the transaction continues.
#[tokio::test]
async fn a_text_with_a_nul_is_not_sent() -> TestResult {
    let (_database, db) = seats().await?;
    let admin = db.unscoped("asks");
    admin
        .transaction(async |tx| {
            let filtered = Seat::select()
                .filter(|seat| seat.name.eq("a\0b"))
                .count(tx)
                .await;
            let liked = Seat::select()
                .filter(|seat| seat.name.like("\0%"))
                .count(tx)
                .await;
            let among = Seat::select()
                .filter(|seat| seat.name.is_in(["\0".to_owned()]))
                .count(tx)
                .await;
            let added = Seat::insert(NewSeat {
                name: "\0".to_owned(),
                ..seat(2)
            })
            .execute(tx)
            .await;
            for refused in [
                filtered.map(drop),
                liked.map(drop),
                among.map(drop),
                added.map(drop),
            ] {
                let is_told =
                    matches!(&refused, Err(Error::Encode(error)) if error.column() == Some("name"));
                assert!(is_told, "{refused:?}");
            }
            Seat::select().count(tx).await
        })
        .await?;
    Ok(())
}

/// A bad pattern is not reported as a bad cursor.
#[tokio::test]
async fn a_bad_pattern_of_a_page_is_a_value_error() -> TestResult {
    let (_database, db) = seats().await?;
    Seat::insert(seat(2)).execute(&db.unscoped("fills")).await?;
    let next = Seat::select().page(1).fetch_page(&db).await?.next;
    let page = Seat::select()
        .filter(|seat| seat.name.matches("["))
        .page(1)
        .after(next);
    let refused = page.fetch_page(&db).await;
    assert!(matches!(refused, Err(Error::Value(_))), "{refused:?}");
    Ok(())
}

/// If the type of a column does not show that it is `json`, the statement is refused and not sent.
#[tokio::test]
async fn a_domain_over_json_cannot_be_compared() -> TestResult {
    let (_database, db) = seats().await?;
    let raw = || Raw::from(Value::Null);
    let c = Seat::COLUMNS;
    for (name, select) in [
        ("eq", Seat::select().filter(|_| c.raw.eq(raw()))),
        ("is_in", Seat::select().filter(|_| c.raw.is_in([raw()]))),
        (
            "between",
            Seat::select().filter(|_| c.raw.between(raw(), raw())),
        ),
        ("order_by", Seat::select().order_by(|_| c.raw.asc())),
    ] {
        let refused = select.fetch_all(&db).await;
        let is_told = matches!(&refused, Err(Error::Statement(why)) if why.contains("`jsonb`"));
        assert!(is_told, "{name}: {refused:?}");
    }
    let paged = Seat::select()
        .order_by(|seat| seat.raw.desc())
        .page(1)
        .fetch_page(&db)
        .await;
    assert!(matches!(paged, Err(Error::Statement(why)) if why.contains("`jsonb`")));
    let grouped = Seat::select()
        .group_by(|seat| seat.raw)
        .aggregate(|_| count())
        .fetch_all(&db)
        .await;
    assert!(matches!(grouped, Err(Error::Statement(why)) if why.contains("`jsonb`")));
    let admin = db.unscoped("writes");
    let written = Seat::update(1.into())
        .set(|seat| seat.raw.to(raw()))
        .fetch_optional(&admin)
        .await?;
    assert_eq!(written.and_then(|seat| seat.raw), Some(raw()));
    Ok(())
}
