use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native)]
enum Status {
    #[sql_enum(rename = "")]
    Todo,
}

fn main() {}
