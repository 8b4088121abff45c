use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), active_view(orders))]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
