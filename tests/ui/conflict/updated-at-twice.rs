use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(updated_at)]
    changed: DateTime<Utc>,
    #[column(updated_at = application)]
    touched: DateTime<Utc>,
}

fn main() {}
