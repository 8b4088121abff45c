use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), name: tasks)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
