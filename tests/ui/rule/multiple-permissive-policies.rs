use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = mine, for = select, using(note == "a")), policy(name = theirs, to = app_read, using(note == "b")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
