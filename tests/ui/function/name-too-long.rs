use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", name = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)]
struct Total {
    id: Uuid,
}

fn main() {}
