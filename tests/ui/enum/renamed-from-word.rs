use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    #[sql_enum(renamed_from = todo)]
    Todo,
}

fn main() {}
