use freehold::prelude::*;

#[derive(Table)]
struct Task {
    title: String,
}

fn main() {}
