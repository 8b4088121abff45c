use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(nmae = other)]
    id: Uuid,
}

fn main() {}
