use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total<T> {
    id: T,
}

fn main() {}
