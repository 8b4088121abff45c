use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, checks_rows))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
