use freehold::prelude::*;

#[derive(Function)]
#[function(body = begin)]
struct Total {
    id: Uuid,
}

fn main() {}
