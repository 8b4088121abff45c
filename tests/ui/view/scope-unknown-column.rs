use freehold::prelude::*;

#[derive(View)]
#[view(scope = usr_id, query = "SELECT 1")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
