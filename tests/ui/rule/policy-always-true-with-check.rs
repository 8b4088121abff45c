use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = writers, using(note == "a"), with_check(true)))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
