use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", comment = "\0")]
struct Total {
    id: Uuid,
}

fn main() {}
