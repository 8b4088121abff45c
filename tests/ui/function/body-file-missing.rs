use freehold::prelude::*;

#[derive(Function)]
#[function(body_file = "sql/no_such_file.sql")]
struct Total {
    id: Uuid,
}

fn main() {}
