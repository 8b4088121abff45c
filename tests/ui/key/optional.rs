use freehold::prelude::*;

#[derive(Key)]
struct TaskId(Option<Uuid>);

fn main() {}
