use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(natve)]
enum Status {
    Todo,
    Done,
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
