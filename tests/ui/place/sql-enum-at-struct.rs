use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
#[sql_enum(native)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
