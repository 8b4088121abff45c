use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, reg_type))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
