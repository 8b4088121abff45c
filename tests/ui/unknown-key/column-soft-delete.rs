use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(soft_delete)]
    gone: Option<DateTime<Utc>>,
}

fn main() {}
