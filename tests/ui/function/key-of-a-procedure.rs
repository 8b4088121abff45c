use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", out(success: bool))]
struct Total {
    id: Uuid,
}

fn main() {}
