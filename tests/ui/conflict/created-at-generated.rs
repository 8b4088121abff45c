use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(created_at, generated = other)]
    made: DateTime<Utc>,
    other: DateTime<Utc>,
}

fn main() {}
