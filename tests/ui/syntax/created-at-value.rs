use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(created_at = now())]
    made: DateTime<Utc>,
}

fn main() {}
