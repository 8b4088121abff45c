use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", materialized, unique(id, deferrable))]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
