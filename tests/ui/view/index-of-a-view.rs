use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", index(user_id))]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
