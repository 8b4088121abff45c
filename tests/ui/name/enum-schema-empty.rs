use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, schema = "")]
enum Status {
    Todo,
}

fn main() {}
