use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(a: length(value) > 0), check(a: length(value) < 9))]
struct Email(String);

fn main() {}
