use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(unique)]
    title: String,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
