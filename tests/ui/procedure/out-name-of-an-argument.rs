use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(id: Uuid))]
struct Total {
    id: Uuid,
}

fn main() {}
