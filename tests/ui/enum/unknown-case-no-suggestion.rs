use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(rename_all = "spongebob")]
enum Status {
    Todo,
}

fn main() {}
