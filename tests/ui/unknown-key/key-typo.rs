use freehold::prelude::*;

#[derive(Key)]
#[key(crat = freehold)]
struct TaskId(Uuid);

fn main() {}
