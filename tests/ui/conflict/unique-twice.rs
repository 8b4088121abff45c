use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(unique)]
    title: String,
}

fn main() {}
