use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", returns(table(total: String as integer)))]
struct Total {
    id: Uuid,
}

fn main() {}
