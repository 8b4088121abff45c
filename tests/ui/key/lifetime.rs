use freehold::prelude::*;

#[derive(Key)]
struct TaskId<'a>(&'a str);

fn main() {}
