use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", security_definer, search_path = "")]
struct Total {
    id: Uuid,
}

fn main() {}
