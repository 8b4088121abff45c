use freehold::prelude::*;

#[derive(Key)]
#[key(crat = freehold)]
struct TaskId(Uuid);

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: TaskId,
}

fn main() {}
