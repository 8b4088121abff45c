use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns = String as integer)]
struct Total {
    id: Uuid,
}

fn main() {}
