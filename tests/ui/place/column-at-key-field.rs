use freehold::prelude::*;

#[derive(Key)]
struct TaskId(#[column(primary_key)] Uuid);

fn main() {}
