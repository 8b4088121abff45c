use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), name = tasks, name = jobs)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
