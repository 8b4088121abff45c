use freehold::prelude::*;

#[derive(Key)]
#[key(crate = "freehold")]
struct TaskId(Uuid);

fn main() {}
