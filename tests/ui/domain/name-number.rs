use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = 1)]
struct Email(String);

fn main() {}
