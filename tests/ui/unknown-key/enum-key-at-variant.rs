use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(native)]
    Todo,
    Done,
}

fn main() {}
