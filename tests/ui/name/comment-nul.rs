use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), comment = "a\0b")]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
