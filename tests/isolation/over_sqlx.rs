//! The shop as an application uses it: sqlx reads the struct of the view, and a scope calls the struct of the function.

use std::error::Error;

use freehold::prelude::*;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

use crate::TestResult;
use crate::schema::{OrderId, OrderSummary, OrderTotal, SHOP, UserId};
use crate::shop::{A, B, ORDER_OF_B, Shop, rows};

/// A connection in a transaction for a user.
async fn connect(shop: &Shop, user: &str) -> sqlx::Result<PgConnection> {
    let mut connection = PgConnection::connect(&shop.login_url()).await?;
    let begin = format!("BEGIN; SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '{user}'");
    sqlx::raw_sql(AssertSqlSafe(begin))
        .execute(&mut connection)
        .await?;
    Ok(connection)
}

/// The totals that a user sees: of each order in the view, and of the order of `B` by the function.
async fn seen_by(shop: &Shop, user: &str) -> Result<(Vec<i64>, i64), Box<dyn Error>> {
    let mut transaction = connect(shop, user).await?;
    let summaries: Vec<OrderSummary> = sqlx::query_as("SELECT * FROM order_summaries")
        .fetch_all(&mut transaction)
        .await?;
    let wanted = OrderId::from(Uuid::parse_str(ORDER_OF_B)?);
    let db = Db::builder(&shop.login_url())
        .schema(&SHOP)
        .connect()
        .await?;
    let scope = db.scope(UserId::from(Uuid::parse_str(user)?));
    let total = OrderTotal { wanted }.call(&scope).await?;
    Ok((summaries.iter().map(|order| order.total).collect(), total))
}

#[tokio::test]
async fn the_view_and_the_function_return_only_own_rows() -> TestResult {
    let shop = Shop::open()?;
    assert_eq!(
        seen_by(&shop, A).await?,
        (vec![500], 0),
        "A sees an order of B"
    );
    assert_eq!(
        seen_by(&shop, B).await?,
        (vec![1000], 1000),
        "B does not see an own order"
    );
    Ok(())
}

/// PostgreSQL shows the statement of a connection to members of the role that signed in. `shop_app` is not a member.
#[tokio::test]
async fn the_statements_of_another_connection_are_hidden() -> TestResult {
    const READ: &str = "SELECT bool_or(query LIKE '%of B%') FROM pg_stat_activity \
                        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    let shop = Shop::open()?;
    let mut of_b = connect(&shop, B).await?;
    sqlx::query("SELECT 'a word of B'")
        .execute(&mut of_b)
        .await?;
    shop.holds(READ, &rows(["f"]), "A reads the statements of B");
    let member = format!(
        "BEGIN; GRANT pg_read_all_stats TO shop_app; SET LOCAL ROLE shop_app; {READ}; ROLLBACK"
    );
    assert_eq!(
        shop.truth(&member),
        rows(["t"]),
        "the missing membership was not the defence"
    );
    Ok(())
}
