use freehold::prelude::*;

#[derive(Key)]
#[key = "freehold"]
struct TaskId(Uuid);

fn main() {}
