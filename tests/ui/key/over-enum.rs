use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
}

#[derive(Key)]
struct StatusKey(Status);

fn main() {}
