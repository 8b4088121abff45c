use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", schema = pg_app)]
struct Total {
    id: Uuid,
}

fn main() {}
