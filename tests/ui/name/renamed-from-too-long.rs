use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), renamed_from = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
