use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    Done,
}

#[derive(SqlEnum)]
enum Kind {
    Bug,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(default = Kind::Bug)]
    status: Status,
}

fn main() {}
