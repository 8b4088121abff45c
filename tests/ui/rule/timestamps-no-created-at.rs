use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(updated_at)]
    updated_at: DateTime<Utc>,
}

fn main() {}
