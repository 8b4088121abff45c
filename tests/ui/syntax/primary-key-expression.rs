use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(lower(title)))]
struct Task {
    title: String,
}

fn main() {}
