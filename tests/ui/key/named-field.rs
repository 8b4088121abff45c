use freehold::prelude::*;

#[derive(Key)]
struct TaskId {
    id: Uuid,
}

fn main() {}
