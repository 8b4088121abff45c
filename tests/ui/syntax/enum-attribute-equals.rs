use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum = "native"]
enum Status {
    Todo,
}

fn main() {}
