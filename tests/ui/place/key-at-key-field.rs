use freehold::prelude::*;

#[derive(Key)]
struct TaskId(#[key(crate = freehold)] Uuid);

fn main() {}
