//! Domains.

use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

/// An address that could exist.
#[derive(Domain)]
#[domain(name = "Email", schema = types, varchar(20), check(value.matches("@")), check(not_short: length(value) > 3))]
struct Email(String);

#[derive(Domain)]
#[domain(check(value > 0))]
struct Amount(i64);

#[derive(Table)]
#[table(name = people, shared, allow(timestamps, uuid_key))]
struct Person {
    #[column(primary_key)]
    id: i32,
    email: Email,
    others: Vec<Email>,
    #[column(default = 5)]
    amount: Option<Amount>,
}

schema!(PEOPLE = [Person]);

#[test]
fn a_domain_is_created_once_with_its_checks() -> TestResult {
    let database = database_with(&PEOPLE)?;
    let found = lines(
        &database,
        "SELECT typname, format_type(typbasetype, typtypmod), obj_description(oid) FROM pg_type WHERE typtype = 'd' AND oid >= 16384 ORDER BY 1;
         SELECT conname FROM pg_constraint WHERE contypid <> 0 AND oid >= 16384 ORDER BY 1;
         INSERT INTO people VALUES (1, 'a@b.c', '{d@e.f}') RETURNING amount",
    )?;
    assert_eq!(
        found,
        [
            "Email|character varying(20)|An address that could exist.",
            "amount|bigint|",
            "chk_Email",
            "chk_amount",
            "not_short",
            "5",
        ]
    );
    Ok(())
}

#[test]
fn a_value_outside_the_domain_is_refused() -> TestResult {
    let database = database_with(&PEOPLE)?;
    for (values, constraint) in [
        ("1, 'nobody', '{}'", "chk_Email"),
        ("1, 'a@', '{}'", "not_short"),
        ("1, 'a@b.c', '{nobody}'", "chk_Email"),
        ("1, 'a@b.c', '{}', 0", "chk_amount"),
    ] {
        let message = refusal(&database, &format!("INSERT INTO people VALUES ({values})"))?;
        assert!(message.contains(constraint), "{values}: {message}");
    }
    Ok(())
}

#[test]
fn down_drops_the_domain() -> TestResult {
    assert_down_leaves_nothing(&PEOPLE)
}

#[derive(SqlEnum)]
#[sql_enum(native, schema = types)]
enum Grade {
    Good,
}

#[derive(Function)]
#[function(returns = Grade, language = sql, body = "SELECT 'good'::types.grade")]
struct BestGrade;

#[derive(Function)]
#[function(returns(table(grade: Vec<Grade>, email: Email)), language = sql, body = "SELECT ARRAY['good']::types.grade[], 'a@b.c'::types.\"Email\"")]
struct Grades;

schema!(GRADES = [], functions(BestGrade, Grades));

#[test]
fn a_type_that_only_a_function_returns_is_created() -> TestResult {
    let database = database_with(&GRADES)?;
    let found = lines(&database, "SELECT best_grade(), * FROM grades()")?;
    assert_eq!(found, ["good|{good}|a@b.c"]);
    assert_down_leaves_nothing(&GRADES)
}
