use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", search_path = "\0")]
struct Total {
    id: Uuid,
}

fn main() {}
