use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", strict = true)]
struct Total {
    id: Uuid,
}

fn main() {}
