use freehold::prelude::*;

#[derive(Key)]
struct TaskId {
    id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: TaskId,
}

fn main() {}
