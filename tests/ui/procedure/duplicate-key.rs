use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(success: bool), out(message: String))]
struct Total {
    id: Uuid,
}

fn main() {}
