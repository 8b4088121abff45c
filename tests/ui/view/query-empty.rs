use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = " ")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
