use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(renam = "to do")]
    Todo,
    Done,
}

fn main() {}
