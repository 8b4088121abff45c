use freehold::prelude::*;

struct Inner;

#[derive(Domain)]
#[domain(name = email)]
struct Email(Inner);

fn main() {}
