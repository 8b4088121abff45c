use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, body, using = hash))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
}

fn main() {}
