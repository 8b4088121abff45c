use freehold::prelude::*;

#[derive(Table)]
#[table(allow(ownership, timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
