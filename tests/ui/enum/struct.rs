use freehold::prelude::*;

#[derive(SqlEnum)]
struct Status;

fn main() {}
