use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), force_row_security)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    note: String,
}

fn main() {}
