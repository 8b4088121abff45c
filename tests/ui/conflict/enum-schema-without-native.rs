use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(schema = app)]
enum Status {
    Todo,
}

fn main() {}
