use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", parallel_safe = true)]
struct Total {
    id: Uuid,
}

fn main() {}
