use freehold::prelude::*;

#[derive(Key)]
struct TaskId<T>(T);

fn main() {}
