use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1")]
enum Total {
    One,
}

fn main() {}
