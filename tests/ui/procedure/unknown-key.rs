use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", ou(success: bool))]
struct Total {
    id: Uuid,
}

fn main() {}
