use freehold::prelude::*;

struct Point;

#[derive(View)]
#[view(shared, query = "SELECT 1")]
struct Summary {
    position: Point,
}

fn main() {}
