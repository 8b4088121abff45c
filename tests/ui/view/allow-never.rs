use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", allow(ownership))]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
