use freehold::prelude::*;

#[derive(Table)]
struct Task;

fn main() {}
