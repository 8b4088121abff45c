use freehold::prelude::*;

#[derive(Domain)]
#[domain(schema = pg_app)]
struct Email(String);

fn main() {}
