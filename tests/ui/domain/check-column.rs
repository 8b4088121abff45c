use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(length(email) > 0))]
struct Email(String);

fn main() {}
