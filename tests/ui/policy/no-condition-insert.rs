use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = writers, for = insert, to = app_write))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
