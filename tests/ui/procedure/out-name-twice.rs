use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(success: bool, success: bool))]
struct Total {
    id: Uuid,
}

fn main() {}
