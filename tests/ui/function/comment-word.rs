use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", comment = total)]
struct Total {
    id: Uuid,
}

fn main() {}
