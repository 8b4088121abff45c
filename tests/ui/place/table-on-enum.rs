use freehold::prelude::*;

#[derive(Table)]
enum Task {
    Todo,
}

fn main() {}
