use freehold::prelude::*;

#[derive(Domain)]
struct Email<T>(T);

fn main() {}
