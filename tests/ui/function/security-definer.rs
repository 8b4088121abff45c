use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", security_definer = "counts everybody's")]
struct Total {
    id: Uuid,
}

fn main() {}
