use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(check_sql(named "true"))]
    title: String,
}

fn main() {}
