use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(SqlEnum)]
enum Mood {
    Happy,
    #[sql_enum(rename = "it's so-so")]
    SoSo,
}

/// How loud it is.
#[derive(SqlEnum)]
#[sql_enum(native, name = "Volume", schema = sound, rename_all = "SCREAMING_SNAKE_CASE")]
enum Volume {
    VeryLoud,
    Low,
}

#[derive(Table)]
#[table(name = days, shared, allow(timestamps))]
struct Day {
    #[column(primary_key, default = gen_random_uuid())]
    id: Uuid,
    #[column(default = Mood::SoSo)]
    mood: Mood,
    #[column(varchar(20))]
    evening: Option<Mood>,
    moods: Option<Vec<Mood>>,
    #[column(array(varchar(12)))]
    short_moods: Option<Vec<Mood>>,
    #[column(default = Volume::Low, check(volume != Volume::VeryLoud || mood == Mood::Happy))]
    volume: Volume,
    volumes: Option<Vec<Volume>>,
    #[column(sql_type = "text[]")]
    raw_moods: Option<Vec<Mood>>,
}

schema!(DAYS = [Day]);

#[test]
fn a_text_enum_accepts_only_its_labels() -> TestResult {
    let database = database_with(&DAYS)?;
    database.psql("INSERT INTO days DEFAULT VALUES; INSERT INTO days (mood, moods) VALUES ('happy', '{happy,\"it''s so-so\"}')")?;
    let moods = lines(&database, "SELECT mood FROM days ORDER BY mood")?;
    assert_eq!(moods, ["happy", "it's so-so"]);
    for statement in [
        "INSERT INTO days (mood) VALUES ('sad')",
        "INSERT INTO days (evening) VALUES ('sad')",
        "INSERT INTO days (moods) VALUES ('{happy,sad}')",
        "INSERT INTO days (short_moods) VALUES ('{sad}')",
        "INSERT INTO days (raw_moods) VALUES ('{sad}')",
    ] {
        let message = refusal(&database, statement)?;
        assert!(message.contains("_valid"), "{statement}: {message}");
    }
    Ok(())
}

#[test]
fn a_native_enum_is_a_type_in_its_schema() -> TestResult {
    let database = database_with(&DAYS)?;
    let labels = lines(
        &database,
        "SELECT unnest(enum_range(NULL::sound.\"Volume\"))",
    )?;
    assert_eq!(labels, ["VERY_LOUD", "LOW"]);
    let comment = lines(
        &database,
        "SELECT obj_description('sound.\"Volume\"'::regtype)",
    )?;
    assert_eq!(comment, ["How loud it is."]);
    let message = refusal(&database, "INSERT INTO days (volume) VALUES ('VERY_LOUD')")?;
    assert!(message.contains("chk_days_volume"), "{message}");
    Ok(())
}

#[test]
fn down_drops_types_and_schemas() -> TestResult {
    assert_down_leaves_nothing(&DAYS)
}
