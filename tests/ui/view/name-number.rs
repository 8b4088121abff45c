use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", name = 1)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
