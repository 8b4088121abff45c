use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(position("a", title) > 0))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
