use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(default)]
    count: i64,
}

fn main() {}
