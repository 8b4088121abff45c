use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    #[sql_enum(rename = "todo")]
    Done,
}

fn main() {}
