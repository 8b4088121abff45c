use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(deleted_at, default = now())]
    gone: Option<DateTime<Utc>>,
}

fn main() {}
