use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", retruns = i64)]
struct Total {
    id: Uuid,
}

fn main() {}
