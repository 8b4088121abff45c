use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(rename_all = "snake-case")]
enum Status {
    Todo,
}

fn main() {}
