use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(deleted_at, created_at)]
    gone: Option<DateTime<Utc>>,
}

fn main() {}
