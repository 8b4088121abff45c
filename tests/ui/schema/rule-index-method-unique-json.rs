use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(json, unique)]
    data: Value,
}

schema!(pub APP = [Task]);

fn main() {}
