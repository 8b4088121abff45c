use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title.nulls_first(), using = gist))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: Option<String>,
}

fn main() {}
