use freehold::prelude::*;

#[derive(Function)]
#[function(returns = i64, body = "SELECT 1", strikt)]
struct Total {
    id: Uuid,
}

schema!(pub APP = [], functions(Total));

async fn call(connection: &mut sqlx::PgConnection) -> sqlx::Result<i64> {
    Total { id: Uuid::nil() }.call(connection).await
}

fn main() {}
