use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT \0")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
