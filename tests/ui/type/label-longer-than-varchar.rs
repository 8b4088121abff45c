use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
    InProgress,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(varchar(4))]
    status: Status,
}

fn main() {}
