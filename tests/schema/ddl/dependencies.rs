//! The order in which objects are created.

use freehold::Postgres;
use freehold::prelude::*;

use super::{TestResult, assert_down_leaves_nothing, database_with, lines};

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

// Each is listed before the objects that it needs.
schema!(
    BACKWARDS = [Order, Customer],
    views(ViewOfView, OpenOrders),
    functions(OpenCount, IsState, NextNumber, Factor),
    sequence(numbers)
);

#[test]
fn each_object_is_created_after_those_it_needs() -> TestResult {
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
fn down_uses_the_reverse_order() -> TestResult {
    assert_down_leaves_nothing(&BACKWARDS)
}

#[test]
fn independent_objects_keep_the_order_of_the_lists() -> TestResult {
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
fn a_cycle_is_refused_and_its_objects_are_named() {
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
fn a_plpgsql_body_may_name_an_object_that_is_created_later() -> TestResult {
    assert_down_leaves_nothing(&LATER)
}

mod namesakes {
    use freehold::prelude::*;

    /// Each of its functions has the name of a table or a view without needing it.
    #[derive(Table)]
    #[table(name = notes, shared, allow(timestamps, uuid_key))]
    pub(super) struct Note {
        #[column(primary_key, default = NextId())]
        id: i32,
        #[column(check(is_year_of(at)))]
        at: NaiveDate,
        #[column(default = total(1))]
        total: i32,
    }

    #[derive(Function)]
    #[function(name = "NextId", language = sql, returns = i32, body = "WITH notes AS (SELECT 1 AS id), years (id, notes) AS (SELECT 2, 3) SELECT notes.id FROM notes, years")]
    pub(super) struct NextId {}

    #[derive(Function)]
    #[function(name = is_year_of, language = sql, volatility = immutable, returns = bool, body = "SELECT extract(year FROM notes) IS DISTINCT FROM 0 AND notes IS DISTINCT FROM NULL -- FROM notes\n AND 'FROM notes' <> ''")]
    pub(super) struct IsYearOf {
        notes: NaiveDate,
    }

    #[derive(View)]
    #[view(name = years, shared, query = "SELECT extract(year FROM at)::integer AS year, id AS notes, total FROM ONLY notes")]
    pub(super) struct Years {
        year: i32,
        notes: i32,
        total: i32,
    }

    #[derive(Function)]
    #[function(name = total, language = sql, returns = i32, body = "SELECT total(a, 2)")]
    pub(super) struct Total {
        a: i32,
    }

    #[derive(Function)]
    #[function(name = total, language = sql, returns = i32, body = "SELECT CASE WHEN a < 0 THEN total(a + 1, b) ELSE total(a, b, 3) END")]
    pub(super) struct TotalOfTwo {
        a: i32,
        b: i32,
    }

    #[derive(Function)]
    #[function(name = total, language = sql, returns = i32, body = "SELECT a + b + c + max(n) FROM (SELECT 0 AS n) AS years, LATERAL (SELECT 1) AS notes")]
    pub(super) struct TotalOfThree {
        a: i32,
        b: i32,
        c: i32,
    }

    schema!(pub(super) NAMESAKES = [Note], views(Years), functions(NextId, IsYearOf, Total, TotalOfTwo, TotalOfThree));
}

#[test]
fn a_function_with_the_name_of_a_relation_makes_no_cycle() -> TestResult {
    let database = database_with(&namesakes::NAMESAKES)?;
    let rows = lines(
        &database,
        "INSERT INTO notes (at) VALUES ('2026-11-21'); SELECT year, notes, total FROM years",
    )?;
    assert_eq!(rows, ["2026|1|6"]);
    assert_down_leaves_nothing(&namesakes::NAMESAKES)
}

mod two_schemas {
    use freehold::prelude::*;

    #[derive(Table)]
    #[table(name = orders, shared, allow(timestamps, uuid_key))]
    pub(super) struct Order {
        #[column(primary_key, default = first_id())]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = orders, schema = "Old", shared, allow(timestamps, uuid_key))]
    pub(super) struct OldOrder {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Table)]
    #[table(name = logs, schema = "Old", shared, allow(timestamps, uuid_key))]
    pub(super) struct Log {
        #[column(primary_key)]
        id: i32,
    }

    #[derive(Function)]
    #[function(name = first_id, language = sql, returns = i32, search_path = "\"Old\", public", body = "INSERT INTO logs (id) SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM \"Old\" . logs); SELECT coalesce(max(id), 7) FROM orders")]
    pub(super) struct FirstId {}

    #[derive(View)]
    #[view(name = all_orders, shared, query = "SELECT id FROM \"Old\".all_orders UNION ALL SELECT id FROM orders")]
    pub(super) struct AllOrders {
        id: i32,
    }

    #[derive(View)]
    #[view(name = all_orders, schema = "Old", shared, query = "SELECT id FROM \"Old\".orders")]
    pub(super) struct OldOrders {
        id: i32,
    }

    schema!(pub(super) TWO_SCHEMAS = [Order, OldOrder, Log], views(AllOrders, OldOrders), functions(FirstId));
}

#[test]
fn objects_of_one_name_are_distinguished_by_their_schemas() -> TestResult {
    let database = database_with(&two_schemas::TWO_SCHEMAS)?;
    let rows = lines(
        &database,
        "INSERT INTO orders DEFAULT VALUES; SELECT id FROM all_orders",
    )?;
    assert_eq!(rows, ["7"]);
    assert_down_leaves_nothing(&two_schemas::TWO_SCHEMAS)
}
