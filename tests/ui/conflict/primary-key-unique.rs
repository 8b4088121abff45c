use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key, unique)]
    id: Uuid,
}

fn main() {}
