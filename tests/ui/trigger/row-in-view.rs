use freehold::prelude::*;

#[derive(View)]
#[view(shared, materialized, query = "SELECT 1 AS id", index(id, where = new.id > 0))]
struct One {
    id: i32,
}

fn main() {}
