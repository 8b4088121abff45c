use freehold::prelude::*;

#[derive(Domain)]
#[domain(char)]
struct Email(String);

fn main() {}
