use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), partition_by = hash(id), index(size, unique))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    size: i32,
}

fn main() {}
