use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", crate = "freehold")]
struct Total {
    id: Uuid,
}

fn main() {}
