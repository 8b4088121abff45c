use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(comment = "how far it is")]
enum Status {
    Todo,
}

fn main() {}
