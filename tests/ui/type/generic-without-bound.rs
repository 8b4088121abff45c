use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task<T> {
    #[column(primary_key)]
    id: Uuid,
    value: T,
}

fn main() {}
