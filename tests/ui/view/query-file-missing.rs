use freehold::prelude::*;

#[derive(View)]
#[view(shared, query_file = "sql/no_such_file.sql")]
struct Summary {
    id: Uuid,
    user_id: Uuid,
}

fn main() {}
