use freehold::prelude::*;

#[derive(Table)]
#[table(internal, shared, allow(timestamps))]
struct Session {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
