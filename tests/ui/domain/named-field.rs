use freehold::prelude::*;

#[derive(Domain)]
struct Email {
    text: String,
}

fn main() {}
