use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(schema = "")]
enum Status {
    Todo,
}

fn main() {}
