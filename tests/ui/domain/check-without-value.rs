use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(1 > 0))]
struct Email(String);

fn main() {}
