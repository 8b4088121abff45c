use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(titel))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
