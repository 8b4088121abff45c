use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = 999999999999999999999999999999999999999999)]
    number: i64,
}

fn main() {}
