use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps, sensitive_column), search(title = a))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(secret)]
    title: String,
}

fn main() {}
