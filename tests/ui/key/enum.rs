use freehold::prelude::*;

#[derive(Key)]
enum TaskId {
    One(Uuid),
}

fn main() {}
