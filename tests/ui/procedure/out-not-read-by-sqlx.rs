use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1", out(document: TsVector))]
struct Total {
    id: Uuid,
}

fn main() {}
