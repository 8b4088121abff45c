use freehold::prelude::*;

#[derive(Table)]
#[table(shared)]
struct Task(Uuid);

schema!(pub APP = [Task]);

fn main() {}
