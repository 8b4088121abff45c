use freehold::prelude::*;

#[derive(Function)]
#[function(body_file = "")]
struct Total {
    id: Uuid,
}

fn main() {}
