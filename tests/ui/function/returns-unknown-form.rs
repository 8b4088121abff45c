use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns(setof = i64))]
struct Total {
    id: Uuid,
}

fn main() {}
