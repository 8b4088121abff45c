use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", trigger, language = sql)]
struct Total;

fn main() {}
