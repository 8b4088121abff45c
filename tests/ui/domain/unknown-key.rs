use freehold::prelude::*;

#[derive(Domain)]
#[domain(chek(length(value) > 0))]
struct Email(String);

fn main() {}
