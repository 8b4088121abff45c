use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(tags, using = gin, include(title)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
    tags: Vec<String>,
}

fn main() {}
