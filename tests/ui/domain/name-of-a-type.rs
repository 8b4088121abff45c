use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = text)]
struct Email(String);

fn main() {}
