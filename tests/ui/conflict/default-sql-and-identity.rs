use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default_sql = "1", identity)]
    number: i32,
}

fn main() {}
