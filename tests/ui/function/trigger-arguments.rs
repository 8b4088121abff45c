use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", trigger)]
struct Total {
    id: Uuid,
}

fn main() {}
