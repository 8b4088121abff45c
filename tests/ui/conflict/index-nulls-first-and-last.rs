use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index(nulls_first, nulls_last))]
    title: Option<String>,
}

fn main() {}
