use freehold::prelude::*;

enum Status {
    Todo,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    status: Status,
}

fn main() {}
