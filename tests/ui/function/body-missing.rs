use freehold::prelude::*;

#[derive(Function)]
#[function(returns = i64)]
struct Total {
    id: Uuid,
}

fn main() {}
