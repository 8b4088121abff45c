use freehold::prelude::*;

#[derive(View)]
#[view(shared)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
