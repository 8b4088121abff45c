use freehold::prelude::*;

#[derive(Key)]
struct TaskId(Uuid, i32);

fn main() {}
