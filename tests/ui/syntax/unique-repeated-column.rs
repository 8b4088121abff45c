use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, title))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
