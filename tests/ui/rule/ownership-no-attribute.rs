use freehold::prelude::*;

#[derive(Table)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(created_at)]
    created_at: DateTime<Utc>,
    #[column(updated_at)]
    updated_at: DateTime<Utc>,
}

fn main() {}
