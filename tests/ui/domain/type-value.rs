use freehold::prelude::*;

#[derive(Domain)]
#[domain(varchar = 20)]
struct Email(String);

fn main() {}
