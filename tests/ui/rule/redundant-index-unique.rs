use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, body), index(title))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
}

fn main() {}
