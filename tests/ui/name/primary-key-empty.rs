use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(id, name = ""))]
struct Task {
    id: Uuid,
}

fn main() {}
