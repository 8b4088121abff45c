use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(lower(old.note)))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
