use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    Other(String),
}

fn main() {}
