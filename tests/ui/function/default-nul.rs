use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(default = "\0")]
    title: String,
}

fn main() {}
