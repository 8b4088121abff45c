use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps, granted_materialized_view))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
