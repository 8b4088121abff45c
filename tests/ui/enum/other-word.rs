use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    Todo,
    #[sql_enum(other = "unknown")]
    Unknown,
}

fn main() {}
