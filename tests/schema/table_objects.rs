//! The objects of a table besides its columns and constraints, on a PostgreSQL server.

use std::error::Error;

use freehold::prelude::*;
use freehold::{Postgres, SchemaDef};
use freehold_test_support::{Database, Server};

use crate::TestResult;

#[derive(Function)]
#[function(trigger, name = refuse_empty, body = "BEGIN RAISE EXCEPTION 'no %', TG_ARGV[0]; END;")]
struct RefuseEmpty;

#[derive(Debug, SqlEnum)]
enum Status {
    Pending,
    Confirmed,
    Shipped,
}

#[derive(Table)]
#[table(name = orders, shared, audit, active_view, force_row_security)]
#[table(policy(name = small, for = select, to = clerk, using(quantity < 10)))]
#[table(policy(name = writers, for = update, to = clerk, using(quantity < 10), with_check(quantity < 5)))]
#[table(trigger(name = not_empty, before(insert, update(quantity)), when(new.quantity == 0), function = RefuseEmpty, arguments("it's nothing")))]
#[table(trigger(name = not_less, before(update), when(new.quantity < old.quantity), function = RefuseEmpty, arguments("less")))]
#[table(search(title = a, note = b, column = words))]
#[table(allow(timestamps, uuid_key, sensitive_column, multiple_permissive_policies))]
struct Order {
    #[column(primary_key)]
    id: i32,
    quantity: i32,
    #[column(default = Status::Pending, transitions(pending => confirmed; confirmed => shipped))]
    status: Status,
    #[column(default = "")]
    title: String,
    note: Option<String>,
    #[column(secret)]
    card: Option<String>,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

#[derive(Table)]
#[table(name = logs, shared, primary_key(id, day), partition_by = range(day), allow(timestamps, uuid_key))]
#[table(monthly_partitions(function = create_log_partitions, ahead = 2))]
struct Log {
    id: i32,
    day: NaiveDate,
}

mod shop {
    use super::{Log, Order, RefuseEmpty};
    use freehold::prelude::*;

    schema!(
        pub(super) SHOP = [Order, Log],
        functions(RefuseEmpty),
        role(clerk),
        grant(select, update, on = tables(Order), to = clerk),
        isolation = predicate,
    );
}
use shop::SHOP;

fn database_with(schema: &SchemaDef) -> Result<Database, Box<dyn Error>> {
    let database = Server::shared().create_database("objects")?;
    database.psql(&schema.schema()?.up(&Postgres))?;
    Ok(database)
}

fn refusal(database: &Database, sql: &str) -> Result<String, Box<dyn Error>> {
    match database.psql(sql) {
        Ok(_) => Err(format!("this was not refused: {sql}").into()),
        Err(error) => Ok(error.to_string()),
    }
}

#[test]
fn a_policy_restricts_its_role_to_its_rows() -> TestResult {
    let database = database_with(&SHOP)?;
    database.psql("INSERT INTO orders (id, quantity) VALUES (1, 3), (2, 30)")?;
    let seen = database.psql("SET ROLE clerk; SELECT id FROM orders")?;
    assert_eq!(seen, "1");
    let message = refusal(&database, "SET ROLE clerk; UPDATE orders SET quantity = 7")?;
    assert!(message.contains("row-level security"), "{message}");
    let forced =
        database.psql("SELECT relforcerowsecurity FROM pg_class WHERE oid = 'orders'::regclass")?;
    assert_eq!(forced, "t");
    Ok(())
}

#[test]
fn a_trigger_fires_if_its_condition_holds() -> TestResult {
    let database = database_with(&SHOP)?;
    let message = refusal(&database, "INSERT INTO orders (id, quantity) VALUES (1, 0)")?;
    assert!(message.contains("no it's nothing"), "{message}");
    database
        .psql("INSERT INTO orders (id, quantity) VALUES (1, 5); UPDATE orders SET quantity = 6")?;
    let message = refusal(&database, "UPDATE orders SET quantity = 4")?;
    assert!(message.contains("no less"), "{message}");
    Ok(())
}

#[test]
fn a_forbidden_step_is_refused() -> TestResult {
    let database = database_with(&SHOP)?;
    database.psql("INSERT INTO orders (id, quantity) VALUES (1, 5)")?;
    refusal(&database, "UPDATE orders SET status = 'shipped'")?;
    let step = Order::status_transitions().pending().confirmed();
    database.psql(&format!(
        "UPDATE orders SET {} = '{}'",
        step.column,
        step.to.sql_label()
    ))?;
    refusal(&database, "UPDATE orders SET status = 'pending'")?;
    database.psql("UPDATE orders SET status = 'shipped'")?;
    Ok(())
}

#[test]
fn the_audit_trail_contains_no_secret() -> TestResult {
    let database = database_with(&SHOP)?;
    database.psql("INSERT INTO orders (id, quantity, card) VALUES (1, 5, '4111')")?;
    let trail = database.psql("SELECT new_row ->> 'quantity', new_row ? 'card' FROM audit.log")?;
    assert_eq!(trail, "5|f");
    let whole = database.psql("SELECT log::text FROM audit.log")?;
    assert!(!whole.contains("4111"), "{whole}");
    Ok(())
}

#[test]
fn a_search_finds_words_by_their_stems() -> TestResult {
    let database = database_with(&SHOP)?;
    let found = database.psql(
        "INSERT INTO orders (id, quantity, title, note)
         VALUES (1, 1, 'green apples', NULL), (2, 1, 'pears', 'with an apple');
         SELECT id FROM orders, websearch_to_tsquery('english', 'apple') AS query
         WHERE words @@ query ORDER BY ts_rank(words, query) DESC",
    )?;
    assert_eq!(found, "1\n2", "the title counts more than the note");
    Ok(())
}

#[test]
fn the_active_view_leaves_out_deleted_rows() -> TestResult {
    let database = database_with(&SHOP)?;
    let active = database.psql(
        "INSERT INTO orders (id, quantity, deleted_at) VALUES (1, 1, NULL), (2, 1, now());
         SELECT id FROM orders_active",
    )?;
    assert_eq!(active, "1");
    Ok(())
}

#[test]
fn the_function_creates_the_months_ahead() -> TestResult {
    let database = database_with(&SHOP)?;
    let partitions = database.psql(
        "SELECT create_log_partitions();
         SELECT count(*) FROM pg_inherits WHERE inhparent = 'logs'::regclass",
    )?;
    assert_eq!(partitions.trim(), "3");
    Ok(())
}
