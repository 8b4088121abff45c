use freehold::prelude::*;

#[derive(Procedure)]
#[procedure(body = "SELECT 1")]
struct Process(Uuid);

fn main() {}
