use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns(set_of(i64)))]
struct Total {
    id: Uuid,
}

fn main() {}
