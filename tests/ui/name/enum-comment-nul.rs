use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, comment = "a\0b")]
enum Status {
    Todo,
}

fn main() {}
