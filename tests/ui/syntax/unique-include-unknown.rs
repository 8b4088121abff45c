use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, include(bdy)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    body: String,
}

fn main() {}
