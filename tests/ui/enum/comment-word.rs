use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(comment = text)]
enum Status {
    Todo,
}

fn main() {}
