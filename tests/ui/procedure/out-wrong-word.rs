use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(message: String as integer))]
struct Total {
    id: Uuid,
}

fn main() {}
