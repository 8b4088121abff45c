use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(rename = "status")]
enum Status {
    Todo,
    Done,
}

fn main() {}
