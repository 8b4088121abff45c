//! A column of any type gets any other type, with values that may not fit. The plan must announce what is refused, lost
//! or not restored.

use freehold::model::{
    ColumnDef, DomainDef, Ownership, PrimaryKeyDef, ScalarType, SqlType, TableDef, TableName,
};
use freehold::plan::HazardKind::{ChecksRows, DataLoss};
use freehold::plan::{HazardKind, Plan};
use freehold::prelude::Uuid;
use freehold::{Postgres, Schema, SchemaDef};

use crate::server::{Failure, Place};

const SHORT: SqlType = SqlType::Scalar(ScalarType::Varchar(Some(5)));
const LONG: SqlType = SqlType::Scalar(ScalarType::Varchar(Some(12)));
const WORDS: &[&str] = &["abc", "abcdefghij", "123", "2026-01-31", ""];
const WHOLE: &[&str] = &["0", "1", "123", "32767"];
const DIGITS: &[&str] = &["0", "1.25", "123.45", "99999.99"];
const TIMES: &[&str] = &["2026-01-31 12:30:45", "2026-07-31 00:00:00"];

/// The types, each with values as PostgreSQL reads them.
const TYPES: &[(SqlType, &[&str])] = &[
    (SqlType::Scalar(ScalarType::Boolean), &["t", "f"]),
    (SqlType::Scalar(ScalarType::SmallInt), WHOLE),
    (
        SqlType::Scalar(ScalarType::Integer),
        &["7", "70000", "2147483647", "16777217"],
    ),
    (
        SqlType::Scalar(ScalarType::BigInt),
        &["7", "9000000000", "9007199254740993"],
    ),
    (
        SqlType::Scalar(ScalarType::Real),
        &["0", "1.5", "1e+30", "123456"],
    ),
    (
        SqlType::Scalar(ScalarType::DoublePrecision),
        &["0", "1.5", "1e+300", "0.1", "123456789"],
    ),
    (
        SqlType::Scalar(ScalarType::Numeric(None)),
        &["0.123456789", "123456789012345678901234567890"],
    ),
    (SqlType::Scalar(ScalarType::Numeric(Some((7, 2)))), DIGITS),
    (
        SqlType::Scalar(ScalarType::Numeric(Some((7, 1)))),
        &["0.0", "1.5", "999999.9"],
    ),
    (
        SqlType::Scalar(ScalarType::Numeric(Some((5, 2)))),
        &["0.00", "1.25", "999.99"],
    ),
    (
        SqlType::Scalar(ScalarType::Numeric(Some((9, 4)))),
        &["0.0000", "1.2345", "99999.9999"],
    ),
    (
        SqlType::Scalar(ScalarType::Numeric(Some((7, 0)))),
        &["0", "12", "9999999"],
    ),
    (SqlType::Scalar(ScalarType::Text), WORDS),
    (SqlType::Scalar(ScalarType::Varchar(None)), WORDS),
    (LONG, WORDS),
    (SHORT, &["abc", "abcde", "1"]),
    (
        SqlType::Scalar(ScalarType::Char(12)),
        &["abc", "abcdefghij"],
    ),
    (SqlType::Scalar(ScalarType::Char(5)), &["abc", "abcde"]),
    (SqlType::Scalar(ScalarType::Citext), WORDS),
    (
        SqlType::Scalar(ScalarType::Bytea),
        &["\\x0a", "\\x61626364656667"],
    ),
    (
        SqlType::Scalar(ScalarType::Uuid),
        &["00000000-0000-0000-0000-000000000001"],
    ),
    (SqlType::Scalar(ScalarType::Date), &["2026-01-31"]),
    (
        SqlType::Scalar(ScalarType::Time),
        &["12:30:45", "00:00:00.123456"],
    ),
    (SqlType::Scalar(ScalarType::Timestamp), TIMES),
    (SqlType::Scalar(ScalarType::TimestampTz), TIMES),
    (
        SqlType::Scalar(ScalarType::Interval),
        &["1 day", "26:00:00"],
    ),
    (
        SqlType::Scalar(ScalarType::Json),
        &["{\"b\": 1,  \"a\": 1, \"a\": 2}", "1"],
    ),
    (
        SqlType::Scalar(ScalarType::Jsonb),
        &["{\"b\": 1, \"a\": 1}", "1"],
    ),
    (
        SqlType::Scalar(ScalarType::Inet),
        &["10.1.2.3/8", "10.0.0.0/8"],
    ),
    (SqlType::Scalar(ScalarType::Cidr), &["10.0.0.0/8"]),
    (SqlType::Array(&LONG), &["{abc,abcdefghij}", "{}"]),
    (SqlType::Array(&SHORT), &["{abc}"]),
    (
        SqlType::Array(&SqlType::Scalar(ScalarType::BigInt)),
        &["{7}", "{9000000000}"],
    ),
    (
        SqlType::Array(&SqlType::Scalar(ScalarType::Integer)),
        &["{7}"],
    ),
    (
        SqlType::Domain(&DomainDef::new(TableName::new(None, "long_word"), LONG)),
        WORDS,
    ),
    (
        SqlType::Domain(&DomainDef::new(TableName::new(None, "short_word"), SHORT)),
        &["abc", "abcde"],
    ),
];

/// A table `cells` with one column of the type.
fn schema(sql_type: SqlType) -> Result<Schema, Failure> {
    let mut cell = ColumnDef::new::<Option<String>>("cell");
    cell.sql_type = sql_type;
    let columns = vec![ColumnDef::new::<Uuid>("id"), cell];
    let table = TableDef::new(
        TableName::new(None, "cells"),
        Ownership::Shared,
        columns.leak(),
        PrimaryKeyDef::new(&["id"]),
    );
    let table: &'static TableDef = Box::leak(Box::new(table));
    Ok(SchemaDef::new("CELLS", vec![table].leak()).schema()?)
}

/// What happens to a value on the way up and back.
#[derive(Debug, PartialEq)]
enum Fate {
    Refused,
    NotBroughtBack,
    /// The value is different after the way back.
    Other(String),
    Kept,
}

async fn fate(place: &mut Place, plan: &Plan, value: &str) -> Result<Fate, Failure> {
    place.run("BEGIN").await?;
    let row =
        format!("INSERT INTO cells VALUES ('00000000-0000-0000-0000-000000000001', '{value}')");
    place.run(&row).await?;
    let before = cell(place).await?;
    let stages = || plan.stages.iter();
    let up = stages().flat_map(|stage| plan.up(stage, &Postgres));
    let up: Vec<_> = up.collect();
    let down = stages().rev().flat_map(|stage| plan.down(stage, &Postgres));
    let down: Vec<_> = down.collect();
    let fate = if place.run(&up.join(";\n")).await.is_err() {
        Fate::Refused
    } else if place.run(&down.join(";\n")).await.is_err() {
        Fate::NotBroughtBack
    } else {
        match cell(place).await? {
            after if after == before => Fate::Kept,
            after => Fate::Other(after),
        }
    };
    place.run("ROLLBACK").await?;
    Ok(fate)
}

async fn cell(place: &mut Place) -> Result<String, Failure> {
    let rows = place.rows("SELECT cell::text FROM cells").await?;
    Ok(rows.join("\n"))
}

/// Whether the plan announces it.
fn is_told(plan: &Plan, fate: &Fate) -> bool {
    let has = |kinds: &[HazardKind]| {
        let mut hazards = plan.steps().flat_map(|step| &step.hazards);
        hazards.any(|hazard| kinds.contains(&hazard.kind))
    };
    match fate {
        Fate::Kept => true,
        Fate::Refused => has(&[ChecksRows, DataLoss]),
        Fate::NotBroughtBack => plan
            .steps()
            .any(|step| step.fails_back.is_some() || step.lost.is_some()),
        Fate::Other(_) => has(&[DataLoss]),
    }
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

#[test]
fn no_value_is_lost_or_refused_unannounced() -> Result<(), Failure> {
    let mut problems = Vec::new();
    runtime()?.block_on(async {
        let mut place = Place::new("casts").await?;
        for (from, values) in TYPES {
            let before = schema(*from)?;
            place.make(&before).await?;
            for (to, _) in TYPES {
                let plan = Plan::between(&before, &schema(*to)?, &Postgres);
                // Such a plan announces everything.
                if is_told(&plan, &Fate::Other(String::new())) {
                    continue;
                }
                for value in *values {
                    let fate = fate(&mut place, &plan, value).await?;
                    if !is_told(&plan, &fate) {
                        problems.push(format!("`{value}`, {from:?} to {to:?}: {fate:?}"));
                    }
                }
            }
        }
        Ok::<_, Failure>(())
    })?;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    Ok(())
}

/// The SQL standard requires this, and the hazard names it.
#[test]
fn trailing_spaces_of_a_text_are_cut() -> Result<(), Failure> {
    let before = schema(SqlType::Scalar(ScalarType::Text))?;
    let plan = Plan::between(&before, &schema(SHORT)?, &Postgres);
    let fate = runtime()?.block_on(async {
        let mut place = Place::new("spaces").await?;
        place.make(&before).await?;
        fate(&mut place, &plan, "abc       ").await
    })?;
    assert_eq!(fate, Fate::Other("abc  ".to_owned()));
    let mut hazards = plan.steps().flat_map(|step| &step.hazards);
    let told = hazards.any(|hazard| hazard.message.contains("not counting trailing spaces"));
    assert!(told, "the plan does not say so: {plan:#?}");
    Ok(())
}

/// A text that is too long for its new type stops the migration, whatever type it had and wherever the length is
/// declared.
#[test]
fn a_text_that_is_too_long_is_never_cut() -> Result<(), Failure> {
    let word = |base| {
        SqlType::Domain(Box::leak(Box::new(DomainDef::new(
            TableName::new(None, "word"),
            base,
        ))))
    };
    let array_of = |sql_type| SqlType::Array(Box::leak(Box::new(sql_type)));
    let text = SqlType::Scalar(ScalarType::Text);
    let cases = [
        ("abcdefghij", text, SHORT),
        ("abcdefghij", text, SqlType::Scalar(ScalarType::Char(5))),
        ("abcdefghij", LONG, SHORT),
        ("abcdefghij", SqlType::Scalar(ScalarType::Char(12)), SHORT),
        ("abcdefghij", SqlType::Scalar(ScalarType::Citext), SHORT),
        ("1234567890", SqlType::Scalar(ScalarType::BigInt), SHORT),
        ("{abcdefghij}", array_of(LONG), array_of(SHORT)),
        ("abcdefghij", LONG, word(SHORT)),
        ("abcdefghij", word(LONG), SHORT),
        ("abcdefghij", word(LONG), word(SHORT)),
        ("{abcdefghij}", array_of(word(LONG)), array_of(word(SHORT))),
    ];
    let mut problems = Vec::new();
    runtime()?.block_on(async {
        let mut place = Place::new("too_long").await?;
        for (value, from, to) in cases {
            let before = schema(from)?;
            place.make(&before).await?;
            let plan = Plan::between(&before, &schema(to)?, &Postgres);
            let fate = fate(&mut place, &plan, value).await?;
            if fate != Fate::Refused {
                problems.push(format!("{from:?} to {to:?}: {fate:?}"));
            }
        }
        Ok::<_, Failure>(())
    })?;
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    Ok(())
}
