use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = writers, for = insert, using(note == "a")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
