use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = readers, using(note == "a"), using(note == "b")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
