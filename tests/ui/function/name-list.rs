use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", name(total))]
struct Total {
    id: Uuid,
}

fn main() {}
