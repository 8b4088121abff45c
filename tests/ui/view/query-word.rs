use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = select)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
