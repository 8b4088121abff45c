use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), index(title, deferrable = initially_deferred))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
