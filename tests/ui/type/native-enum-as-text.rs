use freehold::prelude::*;

#[derive(SqlEnum)]
#[sql_enum(native)]
enum Status {
    Todo,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(text)]
    status: Status,
}

fn main() {}
