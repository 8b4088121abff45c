use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", crate = "freehold")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
