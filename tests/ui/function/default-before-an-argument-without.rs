use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(default = 1)]
    count: i64,
    id: Uuid,
}

fn main() {}
