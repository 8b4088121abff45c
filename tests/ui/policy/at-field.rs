use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(policy(name = readers, using(note == "a")))]
    note: String,
}

fn main() {}
