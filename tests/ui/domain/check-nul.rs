use freehold::prelude::*;

#[derive(Domain)]
#[domain(check(value != "\0"))]
struct Email(String);

fn main() {}
