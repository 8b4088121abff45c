//! Types, keys and references that are harder than those of the examples.

use freehold::prelude::*;
use freehold::reexport::serde_json::{self, json};
use freehold::seed::{Seed, rows};

use crate::{TestResult, apply, counts, created, message, written};

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native, name = "Mood")]
pub enum Mood {
    Fine,
    Bad,
}

#[derive(Domain)]
#[domain(name = amount, check(value > 0))]
pub struct Amount(i64);

/// The owners have counted keys.
#[derive(Table)]
#[table(name = people, owner, allow(timestamps, uuid_key))]
pub struct Person {
    #[column(primary_key, identity = by_default)]
    pub id: i64,
    #[column(unique)]
    pub name: String,
}

#[derive(Table)]
#[table(name = "Hard Types", shared, allow(timestamps), unique(code, mood, name = one_code))]
pub struct Types {
    #[column(primary_key)]
    pub id: Uuid,
    pub code: String,
    pub mood: Mood,
    pub amount: Amount,
    pub tags: Vec<String>,
    pub blobs: Vec<Vec<u8>>,
    pub document: serde_json::Value,
    #[column(json)]
    pub plain: serde_json::Value,
    #[column(generated = length(code) * 2)]
    pub doubled: i32,
    #[column(name = "order", immutable)]
    pub order: i32,
    pub note: Option<String>,
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
    #[column(index, references = Latch::id, on_delete = cascade, deferrable = initially_immediate)]
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

#[derive(Table)]
#[table(name = yins, shared, allow(timestamps))]
pub struct Yin {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(unique, references = Yang::id, on_delete = cascade)]
    pub yang_id: Option<Uuid>,
}

#[derive(Table)]
#[table(name = yangs, shared, allow(timestamps))]
pub struct Yang {
    #[column(primary_key)]
    pub id: Uuid,
    #[column(index, references = Yin::id, on_delete = cascade)]
    pub yin_id: Uuid,
}

schema!(
    pub HARD = [Person, Types, Hen, Egg, Lock, Latch, Yin, Yang],
    isolation = predicate
);

const ONE: Uuid = Uuid::from_u128(1);

fn types(note: Option<&str>, plain: serde_json::Value, order: i32) -> Seed {
    let new = NewTypes {
        id: ONE,
        code: "a'b\\c".into(),
        mood: Mood::Bad,
        amount: Amount(7),
        tags: vec!["x,y".into(), "\"z\"".into()],
        blobs: vec![vec![0, 255]],
        document: json!({ "b": 1, "a": [null] }),
        plain,
        order,
    };
    let row = Types::insert(new).set(|t| t.note.to(note.map(str::to_owned)));
    Seed::new(&HARD).without_owner(rows([row]).updating())
}

#[tokio::test]
async fn values_of_each_type_are_written_once_and_compared() -> TestResult {
    let database = created("seed_types", &HARD)?;
    let seed = types(None, json!({ "k": 1 }), 3);
    let name = "\"Hard Types\"";
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("Hard Types", 1, 0, 0)]
    );
    let before = written(&database, name)?;
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("Hard Types", 0, 0, 1)]
    );
    assert_eq!(written(&database, name)?, before);
    for (changed, what) in [
        (
            types(Some("new"), json!({ "k": 1 }), 3),
            "a null that gets a value",
        ),
        (types(Some("new"), json!({ "k": 2 }), 3), "a `json` value"),
    ] {
        let report = apply(&database, &changed).await?;
        assert_eq!(counts(&report), [("Hard Types", 0, 1, 0)], "{what}");
    }
    let immutable = types(Some("new"), json!({ "k": 2 }), 4);
    let report = apply(&database, &immutable).await?;
    assert_eq!(
        counts(&report),
        [("Hard Types", 0, 0, 1)],
        "an immutable column"
    );
    let stored = "SELECT code || doubled || tags[1] || note || (plain->>'k') FROM \"Hard Types\"";
    assert_eq!(database.psql(stored)?, "a'b\\c10x,ynew2");
    Ok(())
}

#[tokio::test]
async fn a_sequence_continues_behind_explicit_keys_and_stays_there() -> TestResult {
    let database = created("seed_sequence", &HARD)?;
    let person = |name: &str| rows([NewPerson { name: name.into() }]);
    let seed = Seed::new(&HARD)
        .of_owner(41_i64, person("Ada"))
        .of_owner(7_i64, person("Bob"));
    apply(&database, &seed).await?;
    let last = "SELECT pg_sequence_last_value(pg_get_serial_sequence('people', 'id')::regclass)";
    assert_eq!(database.psql(last)?, "41");
    database.psql("INSERT INTO people (name) VALUES ('Cid')")?;
    apply(&database, &seed).await?;
    assert_eq!(database.psql(last)?, "42");
    assert_eq!(
        database.psql("SELECT id FROM people WHERE name = 'Cid'")?,
        "42"
    );
    Ok(())
}

#[tokio::test]
async fn a_cycle_is_closed_by_a_second_step() -> TestResult {
    let database = created("seed_cycles", &HARD)?;
    let hen = Hen::insert(NewHen { id: ONE }).set(|h| h.egg_id.to(Uuid::from_u128(2)));
    let egg = NewEgg {
        id: Uuid::from_u128(2),
        hen_id: ONE,
    };
    let seed = Seed::new(&HARD)
        .without_owner(rows([hen]))
        .without_owner(rows([egg]));
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("hens", 1, 0, 0), ("eggs", 1, 0, 0)]
    );
    assert_eq!(
        database.psql("SELECT egg_id = e.id FROM hens, eggs AS e")?,
        "t"
    );
    // The hen has lost its egg since; it is not given back.
    database.psql("UPDATE hens SET egg_id = NULL")?;
    assert_eq!(
        counts(&apply(&database, &seed).await?),
        [("hens", 0, 0, 1), ("eggs", 0, 0, 1)]
    );
    assert_eq!(database.psql("SELECT egg_id IS NULL FROM hens")?, "t");
    Ok(())
}

#[tokio::test]
async fn a_deferrable_reference_may_come_first() -> TestResult {
    let database = created("seed_deferred", &HARD)?;
    let lock = |latch_id| NewLock { id: ONE, latch_id };
    let latch = NewLatch {
        id: ONE,
        lock_id: ONE,
    };
    let seed = Seed::new(&HARD)
        .without_owner(rows([lock(ONE)]))
        .without_owner(rows([latch]));
    let report = apply(&database, &seed).await?;
    assert_eq!(counts(&report), [("locks", 1, 0, 0), ("latches", 1, 0, 0)]);
    let seed = Seed::new(&HARD).without_owner(rows([NewLock {
        id: Uuid::from_u128(9),
        latch_id: Uuid::from_u128(9),
    }]));
    let found = message(apply(&database, &seed).await);
    assert!(found.contains("could not check the constraints"), "{found}");
    Ok(())
}

#[tokio::test]
async fn a_cycle_without_a_beginning_is_named() -> TestResult {
    let database = created("seed_hopeless", &HARD)?;
    let yin = Yin::insert(NewYin { id: ONE }).set(|y| y.yang_id.to(ONE));
    let yang = NewYang {
        id: ONE,
        yin_id: ONE,
    };
    let seed = Seed::new(&HARD)
        .without_owner(rows([yin]).by(|y| y.yang_id))
        .without_owner(rows([yang]));
    let found = message(apply(&database, &seed).await);
    assert!(
        found.contains("`yins.fk_yins_yang_id`, `yangs.fk_yangs_yin_id` form a cycle"),
        "{found}"
    );
    Ok(())
}
