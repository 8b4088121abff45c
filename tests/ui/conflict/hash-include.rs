use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, using = hash, include(body)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
}

fn main() {}
