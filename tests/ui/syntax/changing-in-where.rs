use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(due, where = due > now()))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    due: DateTime<Utc>,
}

fn main() {}
