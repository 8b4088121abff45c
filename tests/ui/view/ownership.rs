use freehold::prelude::*;

#[derive(View)]
#[view(query = "SELECT 1")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
