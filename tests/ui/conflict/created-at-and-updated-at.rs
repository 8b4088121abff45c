use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(created_at, updated_at)]
    made: DateTime<Utc>,
}

fn main() {}
