use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    size: Option<Option<i32>>,
}

fn main() {}
