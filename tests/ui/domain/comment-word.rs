use freehold::prelude::*;

#[derive(Domain)]
#[domain(comment = email)]
struct Email(String);

fn main() {}
