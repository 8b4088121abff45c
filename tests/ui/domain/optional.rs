use freehold::prelude::*;

#[derive(Domain)]
#[domain(name = email)]
struct Email(Option<String>);

fn main() {}
