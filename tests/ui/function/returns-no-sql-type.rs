use freehold::prelude::*;

struct Point;

#[derive(Function)]
#[function(body = "SELECT 1", returns = Point)]
struct Total {
    id: Uuid,
}

fn main() {}
