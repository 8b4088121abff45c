use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native)]
enum Status {
    #[sql_enum(rename = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    Todo,
}

fn main() {}
