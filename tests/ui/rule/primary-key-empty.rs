use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key())]
struct Task {
    id: Uuid,
}

fn main() {}
