//! Functions and procedures are called, rows of views are read over sqlx, and materialized views are refreshed.

use std::error::Error;

use freehold::Postgres;
use freehold::prelude::*;
use freehold_test_support::{Database, Server};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

use crate::TestResult;

#[derive(Key, Clone, Copy, Debug, PartialEq)]
struct OrderId(Uuid);

#[derive(SqlEnum, Clone, Copy, Debug, PartialEq)]
enum Status {
    Pending,
    Processed,
}

#[derive(Domain, Clone, Debug, PartialEq)]
#[domain(varchar(10), check(value.matches("^[^@]+@[^@]+$")))]
struct Email(String);

#[derive(Table)]
#[table(name = orders, shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: OrderId,
    user_id: Uuid,
    email: Option<Email>,
    #[column(default_sql = "'{}'")]
    emails: Vec<Email>,
    #[column(default = Status::Pending)]
    status: Status,
    #[column(numeric(10, 2))]
    total: Decimal,
}

/// An order, with its state as text.
#[derive(View, Debug, PartialEq)]
#[view(name = v_orders, shared, query = "SELECT status, id, email, emails, total AS sum FROM orders")]
struct OrderRow {
    id: OrderId,
    email: Option<Email>,
    emails: Vec<Email>,
    status: Status,
    #[view(name = sum)]
    total: Decimal,
}

#[derive(View, Debug, PartialEq)]
#[view(scope = user_id, query_file = "tests/fixtures/routines/user_totals.sql")]
#[view(materialized, unique(user_id))]
struct UserTotals {
    user_id: Uuid,
    orders: i64,
    total: Decimal,
}

#[derive(View, Debug, PartialEq)]
#[view(
    name = "Order count",
    shared,
    materialized,
    query = "SELECT count(*) AS count FROM orders"
)]
struct OrderCount {
    count: i64,
}

#[derive(Function)]
#[function(returns = Option<Decimal>, language = sql, volatility = stable)]
#[function(body = "SELECT total FROM orders WHERE id = order_id_param")]
struct OrderTotal {
    order_id_param: OrderId,
}

#[derive(Function)]
#[function(returns(set_of = OrderId), language = sql)]
#[function(body = "SELECT id FROM orders ORDER BY total")]
struct OrderIds;

#[derive(Function)]
#[function(returns(table(id: OrderId, status: Status, total: Decimal as numeric(10, 2))), language = sql)]
#[function(
    body = "SELECT o.id, o.status, o.total FROM orders o WHERE o.total >= from_total ORDER BY o.total"
)]
struct OrdersFrom {
    #[argument(numeric(10, 2), default = 0)]
    from_total: Decimal,
}

#[derive(Function)]
#[function(returns(table(id: OrderId)), language = sql, body = "SELECT id FROM orders ORDER BY total")]
struct OrderTable;

#[derive(Function)]
#[function(body = "BEGIN DELETE FROM orders WHERE total > most; END;")]
struct DropOrders {
    most: Decimal,
}

/// One of two functions with this name: it takes a `varchar`.
#[derive(Function)]
#[function(name = told, returns = String, language = sql, body = "SELECT 'varchar: ' || value")]
struct ToldVarchar {
    #[argument(varchar(3))]
    value: String,
}

#[derive(Function)]
#[function(name = told, returns = String, language = sql, body = "SELECT 'text: ' || value")]
struct ToldText {
    value: String,
}

#[derive(Function)]
#[function(returns = Email, language = sql, body = "SELECT value")]
struct SameEmail {
    value: Email,
}

#[derive(Procedure)]
#[procedure(out(success: bool, message: String as text))]
#[procedure(body_file = "tests/fixtures/routines/process_order.sql")]
struct ProcessOrder {
    order_id_param: OrderId,
}

#[derive(Procedure)]
#[procedure(out(orders: i64), body = "BEGIN SELECT count(*) INTO orders FROM orders; END;")]
struct CountOrders;

#[derive(Procedure)]
#[procedure(language = sql, body = "UPDATE orders SET emails = sent")]
struct SetEmails {
    sent: Vec<Email>,
}

schema!(
    SHOP = [Order],
    views(OrderRow, UserTotals, OrderCount),
    functions(
        OrderTotal,
        OrderIds,
        OrdersFrom,
        OrderTable,
        DropOrders,
        ToldVarchar,
        ToldText,
        SameEmail,
        ProcessOrder,
        CountOrders,
        SetEmails,
    ),
    isolation = predicate,
);

const ROWS: &str = "
INSERT INTO orders (id, user_id, email, total) VALUES
    ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000a', 'a@b', 1.50),
    ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-00000000000a', NULL, 2.50);
";

async fn open() -> Result<(Database, Unscoped), Box<dyn Error>> {
    let database = Server::shared().create_database("routines")?;
    database.psql(&SHOP.schema()?.up(&Postgres))?;
    database.psql(ROWS)?;
    let db = Db::builder(&database.url())
        .admin_url(&database.url())
        .schema(&SHOP)
        .connect()
        .await?;
    let all = db.unscoped("the tests call routines");
    Ok((database, all))
}

fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn email(text: &str) -> Email {
    Email(text.to_owned())
}

#[tokio::test]
async fn a_function_returns_a_value() -> TestResult {
    let (_database, all) = open().await?;
    let total = |number| OrderTotal {
        order_id_param: order(number),
    };
    assert_eq!(total(2).call(&all).await?, Some(cents(250)));
    assert_eq!(total(3).call(&all).await?, None);
    Ok(())
}

#[tokio::test]
async fn a_function_returns_values_and_rows() -> TestResult {
    let (_database, all) = open().await?;
    let both = [order(1), order(2)];
    assert_eq!(OrderIds.call(&all).await?, both);
    assert_eq!(OrderTable.call(&all).await?, both);
    let from_total = cents(200);
    assert_eq!(
        OrdersFrom { from_total }.call(&all).await?,
        [(order(2), Status::Pending, cents(250))]
    );
    Ok(())
}

#[tokio::test]
async fn a_function_without_a_result_runs() -> TestResult {
    let (_database, all) = open().await?;
    let most = cents(200);
    let () = DropOrders { most }.call(&all).await?;
    assert_eq!(CountOrders.call(&all).await?, 1);
    Ok(())
}

#[tokio::test]
async fn a_call_is_part_of_its_transaction() -> TestResult {
    let (_database, all) = open().await?;
    let most = cents(0);
    let rolled_back: Result<(), freehold::Error> = all
        .transaction(async |tx| {
            DropOrders { most }.call(tx).await?;
            assert_eq!(CountOrders.call(tx).await?, 0);
            Err(freehold::Error::NoRow)
        })
        .await;
    assert!(
        matches!(rolled_back, Err(freehold::Error::NoRow)),
        "{rolled_back:?}"
    );
    assert_eq!(CountOrders.call(&all).await?, 2);
    Ok(())
}

#[tokio::test]
async fn the_overload_with_the_types_of_the_arguments_is_called() -> TestResult {
    let (_database, all) = open().await?;
    let value = || "abcde".to_owned();
    let varchar = ToldVarchar { value: value() };
    let text = ToldText { value: value() };
    assert_eq!(varchar.call(&all).await?, "varchar: abcde");
    assert_eq!(text.call(&all).await?, "text: abcde");
    Ok(())
}

#[tokio::test]
async fn a_domain_checks_arguments_and_truncates_nothing() -> TestResult {
    let (_database, all) = open().await?;
    let same = |text: &str| SameEmail { value: email(text) };
    assert_eq!(same("a@b").call(&all).await?, email("a@b"));
    for (wrong, why) in [("ab", "chk_email"), ("a@bcdefghijkl", "too long")] {
        let message = match same(wrong).call(&all).await {
            Ok(value) => return Err(format!("this was taken: {value:?}").into()),
            Err(error) => error.to_string(),
        };
        assert!(message.contains(why), "{message}");
    }
    Ok(())
}

#[tokio::test]
async fn a_procedure_returns_its_out_arguments() -> TestResult {
    let (_database, all) = open().await?;
    let process = |number| ProcessOrder {
        order_id_param: order(number),
    };
    assert_eq!(process(1).call(&all).await?, (true, "processed".to_owned()));
    assert_eq!(
        process(3).call(&all).await?,
        (false, "no such order".to_owned())
    );
    Ok(())
}

#[tokio::test]
async fn a_row_of_a_view_is_read_by_the_names_of_its_columns() -> TestResult {
    let (database, all) = open().await?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    let sent = vec![email("a@b"), email("c@d")];
    let () = SetEmails { sent: sent.clone() }.call(&all).await?;
    let rows: Vec<OrderRow> = sqlx::query_as("SELECT * FROM v_orders ORDER BY sum")
        .fetch_all(&mut connection)
        .await?;
    let row = |number, email, total| OrderRow {
        id: order(number),
        email,
        emails: sent.clone(),
        status: Status::Pending,
        total,
    };
    assert_eq!(
        rows,
        [
            row(1, Some(email("a@b")), cents(150)),
            row(2, None, cents(250))
        ]
    );
    Ok(())
}

#[tokio::test]
async fn a_materialized_view_shows_new_rows_after_a_refresh() -> TestResult {
    let (database, all) = open().await?;
    let mut connection = PgConnection::connect(&database.url()).await?;
    UserTotals::refresh(&all).await?;
    let most = cents(200);
    DropOrders { most }.call(&all).await?;
    assert_eq!(totals(&mut connection).await?.orders, 2);
    UserTotals::refresh(&all).await?;
    OrderCount::refresh(&all).await?;
    let totals = totals(&mut connection).await?;
    assert_eq!((totals.orders, totals.total), (1, cents(150)));
    let count: OrderCount = sqlx::query_as("SELECT * FROM \"Order count\"")
        .fetch_one(&mut connection)
        .await?;
    assert_eq!(count, OrderCount { count: 1 });
    Ok(())
}

async fn totals(connection: &mut PgConnection) -> sqlx::Result<UserTotals> {
    sqlx::query_as("SELECT * FROM user_totals")
        .fetch_one(connection)
        .await
}

/// While another session reads the view, only a concurrent refresh can run.
#[tokio::test]
async fn a_view_with_a_unique_index_can_be_read_during_a_refresh() -> TestResult {
    let (database, _) = open().await?;
    database.psql("ALTER DATABASE :\"DBNAME\" SET lock_timeout = '100ms'")?;
    let url = database.url();
    let db = Db::builder(&url)
        .admin_url(&url)
        .schema(&SHOP)
        .connect()
        .await?;
    let all = db.unscoped("the tests refresh views");
    let mut reader = PgConnection::connect(&database.url()).await?;
    let mut reading = reader.begin().await?;
    sqlx::query("SELECT * FROM user_totals, \"Order count\"")
        .execute(&mut *reading)
        .await?;
    UserTotals::refresh(&all).await?;
    let refused = OrderCount::refresh(&all).await;
    assert!(
        matches!(refused, Err(freehold::Error::LockTimeout(_))),
        "the view was refreshed under its reader: {refused:?}"
    );
    Ok(())
}

/// A predicate cannot confine what a function reads, so a scope does not call it.
#[tokio::test]
async fn a_scope_without_row_level_security_calls_nothing() -> TestResult {
    let (database, _) = open().await?;
    let db = Db::builder(&database.url()).schema(&SHOP).connect().await?;
    let refused = CountOrders.call(&db.scope(Uuid::from_u128(10))).await;
    assert!(
        matches!(refused, Err(freehold::Error::Statement(why)) if why.contains("row-level security")),
        "{refused:?}"
    );
    Ok(())
}

/// A task that moves between threads may call a routine.
#[test]
fn a_call_and_a_refresh_are_send() {
    fn is_send<T: Send>(_: T) {}
    async fn both(all: &Unscoped) -> Result<i64, freehold::Error> {
        OrderCount::refresh(all).await?;
        CountOrders.call(all).await
    }
    let _ = |all: &'static Unscoped| is_send(both(all));
}
