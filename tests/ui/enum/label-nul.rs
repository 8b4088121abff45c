use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(rename = "a\0b")]
    Todo,
}

fn main() {}
