use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(size < null))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    size: i32,
}

fn main() {}
