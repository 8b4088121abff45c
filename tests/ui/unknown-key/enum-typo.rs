use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(natve)]
enum Status {
    Todo,
    Done,
}

fn main() {}
