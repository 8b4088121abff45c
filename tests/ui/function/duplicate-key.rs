use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", strict, strict)]
struct Total {
    id: Uuid,
}

fn main() {}
