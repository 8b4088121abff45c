use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, where = titel.is_not_null()))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
