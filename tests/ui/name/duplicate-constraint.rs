use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, name = by), index(body, name = by))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
}

fn main() {}
