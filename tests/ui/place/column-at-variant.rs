use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[column(name = todo)]
    Todo,
}

fn main() {}
