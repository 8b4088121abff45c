use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native = true)]
enum Status {
    Todo,
}

fn main() {}
