use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    #[sql_enum(other)]
    Unknown,
}

fn main() {}
