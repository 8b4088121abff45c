use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), unique(title, deferrable = initially_defered))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
