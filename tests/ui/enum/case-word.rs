use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(rename_all = snake_case)]
enum Status {
    Todo,
}

fn main() {}
