use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns(table(id: Uuid)))]
struct Total {
    id: Uuid,
}

fn main() {}
