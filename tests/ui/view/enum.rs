use freehold::prelude::*;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
enum Summary {
    One,
}

fn main() {}
