use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    Todo,
    #[sql_enum(other)]
    Unknown,
    #[sql_enum(other)]
    Newer,
}

fn main() {}
