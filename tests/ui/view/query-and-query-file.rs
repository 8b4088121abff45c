use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1", query_file = "sql/x.sql")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
