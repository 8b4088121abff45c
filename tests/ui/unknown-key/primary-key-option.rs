use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps), primary_key(id, using = hash))]
struct Task {
    id: Uuid,
}

fn main() {}
