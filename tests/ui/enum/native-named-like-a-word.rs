use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native, name = between)]
enum Range {
    Low,
}

fn main() {}
