use freehold::prelude::*;

#[derive(Key)]
struct TaskId;

fn main() {}
