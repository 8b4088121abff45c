//! The order in which objects are made.

use freehold::Postgres;
use freehold::prelude::*;

use crate::{TestResult, assert_down_leaves_nothing, database_with, lines};

#[derive(Function)]
#[function(name = next_number, language = sql, returns = i32, body = "SELECT (nextval('numbers') * factor())::integer")]
struct NextNumber {}

#[derive(Function)]
#[function(name = factor, language = sql, volatility = immutable, returns = i32, body = "SELECT 10")]
struct Factor {}

#[derive(Function)]
#[function(name = open_count, language = sql, returns = i64, body = "SELECT count(*) FROM open_orders -- not FROM nowhere")]
struct OpenCount {}

#[derive(Table)]
#[table(name = orders, shared, allow(timestamps, uuid_key))]
struct Order {
    #[column(primary_key, default = next_number())]
    id: i32,
    #[column(check(is_state(state)))]
    state: String,
    #[column(references = Customer::id, on_delete = cascade, index)]
    customer_id: i32,
}

#[derive(Function)]
#[function(name = is_state, language = sql, volatility = immutable, returns = bool, body = "SELECT state IN ('open', 'done')")]
struct IsState {
    state: String,
}

#[derive(Table)]
#[table(name = customers, shared, allow(timestamps, uuid_key))]
struct Customer {
    #[column(primary_key)]
    id: i32,
}

#[derive(View)]
#[view(name = a_view_of_the_other, shared, query = "SELECT id FROM open_orders")]
struct ViewOfView {
    id: i32,
}

#[derive(View)]
#[view(name = open_orders, shared, query = "SELECT o.id FROM customers AS c, orders AS o WHERE o.customer_id = c.id;")]
struct OpenOrders {
    id: i32,
}

// Each stands before what it needs.
schema!(
    BACKWARDS = [Order, Customer],
    views(ViewOfView, OpenOrders),
    functions(OpenCount, IsState, NextNumber, Factor),
    sequence(numbers)
);

#[test]
fn each_object_is_made_after_what_it_needs() -> TestResult {
    let database = database_with(&BACKWARDS)?;
    let count = lines(
        &database,
        "INSERT INTO customers VALUES (1);
         INSERT INTO orders (state, customer_id) VALUES ('open', 1), ('done', 1);
         SELECT open_count(), max(id) FROM a_view_of_the_other",
    )?;
    assert_eq!(count, ["2|20"]);
    Ok(())
}

#[test]
fn down_goes_the_other_way() -> TestResult {
    assert_down_leaves_nothing(&BACKWARDS)
}

#[test]
fn without_a_need_the_order_is_that_of_the_lists() -> TestResult {
    let ddl = BACKWARDS.schema()?.up(&Postgres);
    let place = |statement: &str| ddl.find(statement);
    assert!(place("CREATE FUNCTION next_number") < place("CREATE TABLE orders"));
    assert!(place("CREATE TABLE customers") < place("CREATE TABLE orders"));
    assert!(place("CREATE VIEW open_orders") < place("CREATE VIEW a_view_of_the_other"));
    Ok(())
}

#[derive(View)]
#[view(name = hen, shared, query = "SELECT 1 AS id FROM egg")]
struct Hen {
    id: i32,
}

#[derive(View)]
#[view(name = egg, shared, query = "SELECT lay() AS id")]
struct Egg {
    id: i32,
}

#[derive(Function)]
#[function(name = lay, language = sql, returns = i32, body = "SELECT id FROM hen")]
struct Lay {}

schema!(CIRCLE = [], views(Hen, Egg), functions(Lay));

#[test]
fn a_circle_is_refused_by_the_names_in_it() {
    let found: Vec<_> = CIRCLE
        .validate()
        .iter()
        .map(|violation| (violation.rule.name, violation.to_string()))
        .collect();
    let path = "view `hen` → view `egg` → function `lay` → view `hen`";
    assert!(
        matches!(found.as_slice(), [("dependency_cycle", message)] if message.contains(path)),
        "{found:?}"
    );
}

#[derive(Function)]
#[function(name = lay, language = plpgsql, returns = i32, body = "BEGIN RETURN (SELECT id FROM hen); END;")]
struct LayLater {}

schema!(LATER = [], views(Hen, Egg), functions(LayLater));

#[test]
fn a_plpgsql_body_is_looked_up_when_it_is_called() -> TestResult {
    assert_down_leaves_nothing(&LATER)
}
