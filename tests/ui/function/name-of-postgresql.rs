use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", name = coalesce)]
struct Total {
    id: Uuid,
}

fn main() {}
