use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

fn main() {}
