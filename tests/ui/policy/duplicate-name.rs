use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = one, for = select, using(note == "a")), policy(name = one, for = delete, using(note == "a")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
