use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out())]
struct Total {
    id: Uuid,
}

fn main() {}
