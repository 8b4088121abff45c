use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", search_path = public)]
struct Total {
    id: Uuid,
}

fn main() {}
