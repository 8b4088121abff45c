//! The shop over sqlx, as an application uses it: the struct of the view is read, the struct of the function is called.

use std::error::Error;

use freehold::prelude::*;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

use crate::TestResult;
use crate::schema::{OrderId, OrderSummary, OrderTotal};
use crate::shop::{A, B, ORDER_OF_B, Shop};

/// What a user sees: the total of each order in the view, and the total of the order of `B` by the function.
async fn seen_by(shop: &Shop, user: &str) -> Result<(Vec<i64>, i64), Box<dyn Error>> {
    let mut connection = PgConnection::connect(&shop.login_url()).await?;
    let mut transaction = connection.begin().await?;
    let who = format!("SET LOCAL ROLE shop_app; SET LOCAL app.user_id = '{user}'");
    sqlx::raw_sql(AssertSqlSafe(who))
        .execute(&mut *transaction)
        .await?;
    let summaries: Vec<OrderSummary> = sqlx::query_as("SELECT * FROM order_summaries")
        .fetch_all(&mut *transaction)
        .await?;
    let wanted = OrderId::from(Uuid::parse_str(ORDER_OF_B)?);
    let total = OrderTotal { wanted }.call(&mut *transaction).await?;
    Ok((summaries.iter().map(|order| order.total).collect(), total))
}

#[tokio::test]
async fn the_view_and_the_function_give_own_rows() -> TestResult {
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
