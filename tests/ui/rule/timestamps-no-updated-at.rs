use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(created_at)]
    created_at: DateTime<Utc>,
}

fn main() {}
