use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Taaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
