use freehold::prelude::*;

#[derive(Domain)]
#[domain(comment = "\0")]
struct Email(String);

fn main() {}
