use freehold::prelude::*;

#[derive(Debug, Table)]
#[table(shared, allow(timestamps, sensitive_column))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(secret)]
    note: String,
}

fn main() {}
