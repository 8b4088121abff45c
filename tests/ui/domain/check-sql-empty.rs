use freehold::prelude::*;

#[derive(Domain)]
#[domain(check_sql = "")]
struct Email(String);

fn main() {}
