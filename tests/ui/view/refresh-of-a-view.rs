use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
struct Summary {
    id: Uuid,
}

async fn refresh(connection: &mut sqlx::PgConnection) {
    let _ = Summary::refresh(connection).await;
}

fn main() {}
