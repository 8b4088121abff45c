use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = mine, for = update, to(app_read, app_write), using(note == "a")), policy(name = theirs, for = update, to = app_write, using(note == "b")))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
