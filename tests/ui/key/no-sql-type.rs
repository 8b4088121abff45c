use freehold::prelude::*;

struct Inner;

#[derive(Key)]
struct TaskId(Inner);

fn main() {}
