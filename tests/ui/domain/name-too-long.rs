use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx)]
struct Email(String);

fn main() {}
