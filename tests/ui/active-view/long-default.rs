use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), name = oooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo, active_view)]
struct Order {
    #[column(primary_key)]
    id: Uuid,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
