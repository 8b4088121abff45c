use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, nulls_not_distinct))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
