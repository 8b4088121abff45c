use freehold::prelude::*;

#[derive(SqlEnum)]
pub enum Status {
    Todo,
    #[sql_enum(other)]
    Unknown,
}

#[derive(Table)]
#[table(name = tasks, shared, allow(timestamps))]
#[table(check(status != Status::Unknown))]
pub struct Task {
    #[column(primary_key)]
    pub id: i64,
    pub status: Status,
}

fn main() {}
