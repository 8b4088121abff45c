use freehold::prelude::*;

#[derive(Domain)]
#[domain(check_sql = value)]
struct Email(String);

fn main() {}
