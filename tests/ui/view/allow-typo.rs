use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", allow(view_security_invokr))]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
