use freehold::prelude::*;

#[derive(Domain)]
struct Email(String, String);

fn main() {}
