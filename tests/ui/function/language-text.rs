use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", language = "sql")]
struct Total {
    id: Uuid,
}

fn main() {}
