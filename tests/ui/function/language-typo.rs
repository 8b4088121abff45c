use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", language = plsql)]
struct Total {
    id: Uuid,
}

fn main() {}
