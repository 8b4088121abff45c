use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    Todo,
    #[sql_enum(other, rename = "unknown", renamed_from = "new")]
    Unknown,
}

fn main() {}
