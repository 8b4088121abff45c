use freehold::prelude::*;

#[derive(Domain)]
struct Short(String);

#[derive(Domain)]
#[domain(name = email)]
struct Email(Short);

fn main() {}
