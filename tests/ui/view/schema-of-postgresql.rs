use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", schema = pg_app)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
