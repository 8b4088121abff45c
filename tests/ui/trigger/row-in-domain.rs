use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(new.value != "a"))]
struct Email(String);

fn main() {}
