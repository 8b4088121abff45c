use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(tags.desc(), using = gin))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    tags: Vec<String>,
}

fn main() {}
