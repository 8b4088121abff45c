use freehold::prelude::*;

#[derive(SqlEnum)]
enum Status {
    Todo,
}

#[derive(SqlEnum)]
enum Mood {
    Sad,
}

#[derive(Table)]
#[table(shared, allow(timestamps), check(status != Mood::Sad))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    status: Status,
}

fn main() {}
