use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = a, name = b)]
struct Email(String);

fn main() {}
