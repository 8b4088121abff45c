use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(deleted_at)]
    gone: Option<DateTime<Utc>>,
    #[column(deleted_at)]
    lost: Option<DateTime<Utc>>,
}

fn main() {}
