use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns(table()))]
struct Total {
    id: Uuid,
}

fn main() {}
