use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), active_view)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
