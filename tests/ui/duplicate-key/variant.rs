use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(rename = "a", rename = "b")]
    Todo,
    Done,
}

fn main() {}
