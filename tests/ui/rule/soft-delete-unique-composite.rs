use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, body))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
    #[column(deleted_at)]
    deleted_at: Option<DateTime<Utc>>,
}

fn main() {}
