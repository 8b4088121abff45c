use freehold::prelude::*;

#[derive(Function)]
#[function(body = "")]
struct Total {
    id: Uuid,
}

fn main() {}
