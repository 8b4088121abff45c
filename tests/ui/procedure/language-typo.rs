use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", language = pgsql)]
struct Total {
    id: Uuid,
}

fn main() {}
