use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, whre = title.is_not_null()))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
