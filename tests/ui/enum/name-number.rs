use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(name = 5)]
enum Status {
    Todo,
}

fn main() {}
