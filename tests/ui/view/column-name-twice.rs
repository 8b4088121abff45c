use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
struct Summary {
    id: Uuid,
    #[view(name = id)]
    other: Uuid,
}

fn main() {}
