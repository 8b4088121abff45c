use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title.desc(1)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
