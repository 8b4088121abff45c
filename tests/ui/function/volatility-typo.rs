use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", volatility = stabel)]
struct Total {
    id: Uuid,
}

fn main() {}
