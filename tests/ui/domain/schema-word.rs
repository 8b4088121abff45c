use freehold::prelude::*;

#[derive(Domain)]
#[domain(schema)]
struct Email(String);

fn main() {}
