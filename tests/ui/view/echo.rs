use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", materialised)]
struct Summary {
    id: Uuid,
}

schema!(pub APP = [], views(Summary));

async fn read(connection: &mut sqlx::PgConnection) -> sqlx::Result<Summary> {
    sqlx::query_as("SELECT 1").fetch_one(connection).await
}

fn main() {}
