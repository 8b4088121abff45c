use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(name = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)]
enum Status {
    Todo,
}

fn main() {}
