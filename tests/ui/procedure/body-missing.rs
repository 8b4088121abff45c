use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(out(success: bool))]
struct Total {
    id: Uuid,
}

fn main() {}
