use freehold::prelude::*;

#[derive(Domain)]
#[domain(varchar(20), text)]
struct Email(String);

fn main() {}
