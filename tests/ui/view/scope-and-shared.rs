use freehold::prelude::*;

#[derive(View)]
#[view(scope = user_id, shared, query = "SELECT 1")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
