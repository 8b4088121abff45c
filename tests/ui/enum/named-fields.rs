use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    Other { text: String },
}

fn main() {}
