use freehold::prelude::*;

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct User {
    #[column(primary_key)]
    id: Uuid,
}

#[derive(Table)]
#[table(owner, allow(timestamps))]
struct Admin {
    #[column(primary_key)]
    id: Uuid,
}

schema!(pub APP = [User, Admin]);

fn main() {}
