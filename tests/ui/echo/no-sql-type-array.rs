use freehold::prelude::*;

struct Point;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    position: Vec<Point>,
}

fn main() {}
