use freehold::prelude::*;

#[derive(Function)]
#[function(body_file = total)]
struct Total {
    id: Uuid,
}

fn main() {}
