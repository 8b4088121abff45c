use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task(Uuid);

fn main() {}
