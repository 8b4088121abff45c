use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", security_invoker = false)]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
