use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), check(title.is_in("a", null)))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
