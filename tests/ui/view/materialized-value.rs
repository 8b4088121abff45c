use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", materialized = true)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
