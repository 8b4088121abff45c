use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", security_definer = "writes everybody's")]
struct Total {
    id: Uuid,
}

fn main() {}
