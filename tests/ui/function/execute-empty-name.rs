use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", execute(""))]
struct Total {
    id: Uuid,
}

fn main() {}
