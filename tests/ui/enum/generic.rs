use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status<const N: usize> {
    Todo,
    Done,
}

fn main() {}
