use freehold::prelude::*;

#[derive(Function)]
#[function(body = "SELECT 1", body_file = "sql/x.sql")]
struct Total {
    id: Uuid,
}

fn main() {}
