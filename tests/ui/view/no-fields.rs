use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
struct Summary {
}

fn main() {}
