use freehold::prelude::*;

struct Point;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(position: Point))]
struct Total {
    id: Uuid,
}

fn main() {}
