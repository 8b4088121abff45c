use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(comment = "a\0b")]
enum Status {
    Todo,
}

fn main() {}
