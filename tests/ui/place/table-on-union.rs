use freehold::prelude::*;

#[derive(Table)]
union Task {
    id: i32,
}

fn main() {}
