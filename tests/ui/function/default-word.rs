use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(default = few)]
    count: i64,
}

fn main() {}
