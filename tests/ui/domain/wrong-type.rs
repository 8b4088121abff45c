use freehold::prelude::*;

#[derive(Domain)]
#[domain(integer)]
struct Email(String);

fn main() {}
