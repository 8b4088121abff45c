use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {}

fn main() {}
