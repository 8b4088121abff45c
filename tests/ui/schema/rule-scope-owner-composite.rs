use freehold::prelude::*;

#[derive(Table)]
#[table(owner, primary_key(region, id), allow(timestamps, uuid_key))]
struct User {
    region: String,
    id: i32,
}

schema!(pub APP = [User]);

fn main() {}
