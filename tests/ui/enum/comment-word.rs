use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, comment = text)]
enum Status {
    Todo,
}

fn main() {}
