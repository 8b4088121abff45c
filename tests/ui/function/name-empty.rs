use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", name = "")]
struct Total {
    id: Uuid,
}

fn main() {}
