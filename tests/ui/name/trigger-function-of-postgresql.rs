use freehold::prelude::*;

#[derive(Table)]
#[table(shared, allow(timestamps))]
struct Task {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [Task], updated_at(function = coalesce));

fn main() {}
