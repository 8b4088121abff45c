use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = "now()")]
    due: DateTime<Utc>,
}

fn main() {}
