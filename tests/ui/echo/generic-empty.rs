use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task<const N: usize> {}

fn main() {}
