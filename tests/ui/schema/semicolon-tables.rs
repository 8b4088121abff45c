use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(shared, allow(timestamps), unique(code, id))]
struct Project {
    #[column(primary_key)]
    id: Uuid,
    code: i32,
}

schema!(pub APP = [User; Project]);

fn main() {}
