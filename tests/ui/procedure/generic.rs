use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1")]
struct Process<T> {
    id: T,
}

fn main() {}
