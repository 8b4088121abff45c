use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, native)]
enum Status {
    Todo,
    Done,
}

fn main() {}
