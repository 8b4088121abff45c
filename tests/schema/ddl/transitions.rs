//! The steps that an enum column may take.

use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines, refusal};

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Draft,
    #[sql_enum(rename = "it's \"open\"")]
    Open,
    Closed,
}

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq, Eq)]
#[sql_enum(native)]
enum Light {
    Red,
    Green,
}

#[derive(Table)]
#[table(name = tickets, shared, allow(timestamps, uuid_key))]
struct Ticket {
    #[column(primary_key)]
    id: i32,
    #[column(default = Status::Draft, transitions(=> draft, open; draft => open, closed; open => closed))]
    status: Status,
    #[column(default = Light::Red, transitions(red => green))]
    light: Light,
}

schema!(TICKETS = [Ticket]);

#[test]
fn a_forbidden_step_is_refused_and_the_allowed_steps_are_named() -> TestResult {
    let database = database_with(&TICKETS)?;
    database.psql(
        "INSERT INTO tickets VALUES (1, 'draft'), (2, 'it''s \"open\"');
         UPDATE tickets SET status = 'closed' WHERE id = 1",
    )?;
    let message = refusal(
        &database,
        "UPDATE tickets SET status = 'draft' WHERE id = 1",
    )?;
    assert!(
        message.contains("`tickets.status` cannot go from `closed` to `draft`"),
        "{message}"
    );
    assert!(message.contains("nothing follows `closed`"), "{message}");
    let message = refusal(
        &database,
        "UPDATE tickets SET status = 'draft' WHERE id = 2",
    )?;
    assert!(
        message.contains("`it's \"open\"` is followed by `closed`"),
        "{message}"
    );
    Ok(())
}

#[test]
fn a_new_row_has_one_of_the_first_states() -> TestResult {
    let database = database_with(&TICKETS)?;
    let message = refusal(&database, "INSERT INTO tickets VALUES (1, 'closed')")?;
    assert!(
        message.contains("`tickets.status` cannot begin as `closed`"),
        "{message}"
    );
    assert!(
        message.contains("it begins as `draft` or `it's \"open\"`"),
        "{message}"
    );
    // A column without first states accepts any state.
    let begun = lines(
        &database,
        "INSERT INTO tickets VALUES (2, 'it''s \"open\"', 'green') RETURNING light",
    )?;
    assert_eq!(begun, ["green"]);
    Ok(())
}

#[test]
fn allowed_steps_and_unchanged_states_pass() -> TestResult {
    let database = database_with(&TICKETS)?;
    let after = lines(
        &database,
        "INSERT INTO tickets (id) VALUES (1);
         UPDATE tickets SET status = status;
         UPDATE tickets SET status = 'it''s \"open\"';
         UPDATE tickets SET status = 'closed', light = 'green' RETURNING status, light",
    )?;
    assert_eq!(after, ["closed|green"]);
    Ok(())
}

#[test]
fn steps_of_a_native_enum_are_enforced_too() -> TestResult {
    let database = database_with(&TICKETS)?;
    database.psql("INSERT INTO tickets VALUES (1, 'draft', 'green')")?;
    let message = refusal(&database, "UPDATE tickets SET light = 'red'")?;
    assert!(
        message.contains("`tickets.light` cannot go from `green` to `red`"),
        "{message}"
    );
    Ok(())
}

#[test]
fn down_drops_the_function() -> TestResult {
    assert_down_leaves_nothing(&TICKETS)
}

#[test]
fn a_known_state_offers_only_its_next_states() {
    let step = Ticket::status_transitions().draft().open();
    assert_eq!(
        (step.column, step.from, step.to),
        ("status", Status::Draft, Status::Open)
    );
    let after = |status: Status| Ticket::status_transitions().after(&status).to_vec();
    assert_eq!(after(Status::Draft), [Status::Open, Status::Closed]);
    assert_eq!(after(Status::Open), [Status::Closed]);
    assert_eq!(after(Status::Closed), []);
}
