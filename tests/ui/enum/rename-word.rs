use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(rename = todo)]
    Todo,
}

fn main() {}
