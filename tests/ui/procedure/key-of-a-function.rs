use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", returns = i64)]
struct Total {
    id: Uuid,
}

fn main() {}
