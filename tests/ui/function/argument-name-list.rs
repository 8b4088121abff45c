use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(name(other))]
    id: Uuid,
}

fn main() {}
