use freehold::prelude::*;

#[derive(Domain)]
#[domain(crate = "freehold")]
struct Email(String);

fn main() {}
