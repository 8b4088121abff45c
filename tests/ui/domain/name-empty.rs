use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = "")]
struct Email(String);

fn main() {}
