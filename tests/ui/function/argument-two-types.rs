use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
struct Total {
    #[argument(varchar(20), text)]
    title: String,
}

fn main() {}
