use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Option<Uuid>,
}

schema!(pub APP = [Task]);

fn main() {}
