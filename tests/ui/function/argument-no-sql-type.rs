use freehold::prelude::*;

struct Point;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    position: Point,
}

fn main() {}
