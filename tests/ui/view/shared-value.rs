use freehold::prelude::*;

#[derive(View)]
#[view(shared = true, query = "SELECT 1")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
