use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", trigger = true)]
struct Total;

fn main() {}
