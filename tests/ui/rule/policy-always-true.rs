use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), policy(name = readers, using(true)))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
