use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, sensitive_column), audit)]
struct Order {
    #[column(primary_key, secret)]
    id: Uuid,
    note: String,
}

fn main() {}
