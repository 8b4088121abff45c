use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    Other(String),
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = Status::Todo)]
    status: Status,
}

fn main() {}
