use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index(using = brin))]
    data: Value,
}

schema!(pub APP = [Task]);

fn main() {}
