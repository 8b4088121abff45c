use freehold::prelude::*;

#[derive(Function)]
#[function(body = "\0")]
struct Total {
    id: Uuid,
}

fn main() {}
