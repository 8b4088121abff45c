use freehold::prelude::*;

#[derive(Domain)]
struct Email(#[domain(varchar(20))] String);

fn main() {}
