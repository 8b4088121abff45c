use freehold::prelude::*;

#[derive(SqlEnum)]
#[table(name = status)]
enum Status {
    Todo,
}

fn main() {}
