use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = readers, for = delete, with_check(note == "a")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
