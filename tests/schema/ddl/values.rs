//! Defaults, identity, serial and generated columns.

use freehold::prelude::*;
use freehold::reexport::serde_json::Value;

use super::{TestResult, database_with, lines};

#[derive(Table)]
#[table(name = counters, shared, allow(timestamps, uuid_key), primary_key(id, run))]
struct Counter {
    #[column(identity)]
    id: i64,
    #[column(identity = by_default)]
    run: i32,
    #[column(serial)]
    small: i16,
    #[column(serial)]
    medium: i32,
    #[column(serial)]
    big: i64,
    #[column(default = -7)]
    negative: i32,
    #[column(default = 1.50, numeric(6, 2))]
    price: Decimal,
    #[column(default = 3)]
    whole: Decimal,
    #[column(default = "it's \\ \"odd\"")]
    text: String,
    #[column(default = true)]
    flag: bool,
    #[column(default = "[]")]
    list: Value,
    #[column(default = "{a,b}")]
    tags: Vec<String>,
    #[column(default = null)]
    nothing: Option<String>,
    #[column(default = current_date)]
    day: NaiveDate,
    #[column(default = now())]
    at: DateTime<Utc>,
    #[column(default_sql = "now() + interval '1 day'")]
    later: DateTime<Utc>,
    #[column(default = upper("abc"))]
    called: String,
    #[column(generated = negative * 2 + 1)]
    doubled: i32,
    #[column(generated = -(-negative))]
    twice_negated: i32,
    #[column(generated_sql = "upper(text)")]
    shouted: String,
    #[column(generated = negative as text)]
    cast: String,
    #[column(generated = coalesce(nothing, "none"))]
    something: String,
    #[column(generated = text.concat("-").concat(called))]
    joined: String,
    #[column(generated = negative as double / 2.0)]
    half: f64,
}

schema!(COUNTERS = [Counter]);

#[test]
fn a_value_comes_from_the_source_that_the_attribute_names() -> TestResult {
    let database = database_with(&COUNTERS)?;
    let columns = lines(
        &database,
        "SELECT attname || CASE attidentity WHEN 'a' THEN ' always' WHEN 'd' THEN ' by default' ELSE '' END
           || CASE attgenerated WHEN 's' THEN ' generated' ELSE '' END || coalesce(' ' || pg_get_expr(adbin, adrelid), '')
         FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
         WHERE attrelid = 'counters'::regclass AND attnum > 0 ORDER BY attnum",
    )?;
    assert_eq!(
        columns,
        [
            "id always",
            "run by default",
            "small nextval('counters_small_seq'::regclass)",
            "medium nextval('counters_medium_seq'::regclass)",
            "big nextval('counters_big_seq'::regclass)",
            "negative '-7'::integer",
            "price 1.50",
            "whole 3",
            "text 'it''s \\ \"odd\"'::text",
            "flag true",
            "list '[]'::jsonb",
            "tags '{a,b}'::text[]",
            "nothing",
            "day CURRENT_DATE",
            "at now()",
            "later (now() + '1 day'::interval)",
            "called upper('abc'::text)",
            "doubled generated ((negative * 2) + 1)",
            "twice_negated generated (- (- negative))",
            "shouted generated upper(text)",
            "cast generated (negative)::text",
            "something generated COALESCE(nothing, 'none'::text)",
            "joined generated ((text || '-'::text) || called)",
            "half generated ((negative)::double precision / (2.0)::double precision)",
        ]
    );
    Ok(())
}
