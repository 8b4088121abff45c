use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
    #[column(index(using = gin))]
    title: String,
}

schema!(pub APP = [Task]);

fn main() {}
