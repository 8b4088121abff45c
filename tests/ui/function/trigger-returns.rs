use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", trigger, returns = i64)]
struct Total;

fn main() {}
