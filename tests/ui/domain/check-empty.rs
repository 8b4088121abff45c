use freehold::prelude::*;

#[derive(Domain)]
#[domain(check())]
struct Email(String);

fn main() {}
