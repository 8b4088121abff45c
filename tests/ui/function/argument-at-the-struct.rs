use freehold::prelude::*;

#[derive(Function)]
#[argument(text)]
#[function(body = "SELECT 1")]
struct Other;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    id: Uuid,
}

fn main() {}
