use freehold::prelude::*;

#[derive(Table)]
#[table(schema = pg_app, shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
