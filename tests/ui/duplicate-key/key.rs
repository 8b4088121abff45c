use freehold::prelude::*;

#[derive(Key)]
#[key(crate = freehold, crate = ::freehold)]
struct TaskId(Uuid);

fn main() {}
