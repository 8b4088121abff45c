use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", schema = 1)]
struct Total {
    id: Uuid,
}

fn main() {}
