use freehold::prelude::*;

#[derive(Table)]
#[table(owner = true, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
