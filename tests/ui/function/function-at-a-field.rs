use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[function(strict)]
    id: Uuid,
}

fn main() {}
