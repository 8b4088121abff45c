use freehold::prelude::*;

#[table(shared)]
struct Task {
    id: Uuid,
}

fn main() {}
