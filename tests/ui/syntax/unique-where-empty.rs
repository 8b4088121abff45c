use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, where()))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
