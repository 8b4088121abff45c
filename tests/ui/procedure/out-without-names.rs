use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(bool))]
struct Total {
    id: Uuid,
}

fn main() {}
