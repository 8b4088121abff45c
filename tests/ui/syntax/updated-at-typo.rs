use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(updated_at = aplication)]
    changed: DateTime<Utc>,
}

fn main() {}
