use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    Done,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = Status::Tdo)]
    status: Status,
}

fn main() {}
