use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(length(value::text) > 0))]
struct Email(String);

fn main() {}
