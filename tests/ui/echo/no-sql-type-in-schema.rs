use freehold::prelude::*;

struct Point;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    position: Point,
}

schema!(pub APP = [Task]);

fn main() {}
