use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns = "numeric")]
struct Total {
    id: Uuid,
}

fn main() {}
