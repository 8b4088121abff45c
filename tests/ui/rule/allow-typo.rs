use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), allow(redundant_indx))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    title: String,
}

fn main() {}
